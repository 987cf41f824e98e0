package org.peerworks.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.signaling.api.JoinRequest;
import org.peerworks.signaling.api.Proof;

/** A worker that a worker token or an account key lets into its room. */
class EnteringWithKeysTest {

  private static final String TOKEN = "slp_0123456789abcdef0123456789abcdef";
  private static final String ACCOUNT = "slp_acct_0123456789abcdef";

  @TempDir Path data;
  private final TestServer server = new TestServer();
  private final List<TestWorker> workers = new ArrayList<>();

  @AfterEach
  void stop() {
    workers.forEach(worker -> worker.worker.stop());
  }

  @Test
  void aWorkerTokenOpensTheRoomThatItIsFor() {
    server.keys.put(TOKEN, "lab");
    start(TestConfig.DEFAULT.withKey("", TOKEN, "")).awaitRoom(1);
    JoinRequest request = server.requests.get(0);
    assertThat(request.proof()).isEqualTo(new Proof.ApiKey(TOKEN));
    assertThat(request.roomId()).isEmpty();
    assertThat(server.room().session().roomId()).isEqualTo("lab");
  }

  @Test
  void anAccountKeyOutOfAFileOpensTheRoomThatIsNamed() throws IOException {
    server.keys.put(ACCOUNT, "lab");
    Path file = Files.writeString(data.resolve("key"), ACCOUNT + "\n");
    start(TestConfig.DEFAULT.withKey("lab", "", file.toString())).awaitRoom(1);
    assertThat(server.requests.get(0).proof()).isEqualTo(new Proof.ApiKey(ACCOUNT));
    assertThat(server.requests.get(0).roomId()).contains("lab");
  }

  @Test
  void theIdStaysAndNoSecretIsStored() throws IOException {
    server.keys.put(TOKEN, "lab");
    start(TestConfig.DEFAULT.withKey("", TOKEN, "")).awaitRoom(1).worker.stop();
    start(TestConfig.DEFAULT.withKey("", TOKEN, "")).awaitRoom(2);
    assertThat(server.requests.get(1).self().id()).isEqualTo("peer-1");
    assertThat(data.resolve("keys/account-room.json"))
        .content()
        .contains("\"roomId\" : \"lab\"")
        .doesNotContain(TOKEN);
    assertThat(data.resolve("keys/room.json")).doesNotExist();
  }

  @Test
  void theOldRoomIsThereAgainWithoutTheKey() {
    start(TestConfig.DEFAULT).awaitRoom(1).worker.stop();
    server.keys.put(TOKEN, "lab");
    start(TestConfig.DEFAULT.withKey("", TOKEN, "")).awaitRoom(2).worker.stop();
    start(TestConfig.DEFAULT).awaitRoom(3);
    assertThat(server.room().session().roomId()).isEqualTo("room-1");
  }

  @Test
  void anIdThatBelongsToAnotherKeyIsGivenUp() {
    server.keys.put(TOKEN, "lab");
    start(TestConfig.DEFAULT.withKey("", TOKEN, "")).awaitRoom(1).worker.stop();
    server.taken.add("peer-1");
    start(TestConfig.DEFAULT.withKey("", TOKEN, "")).awaitRoom(2);
    assertThat(server.room().session().peerId()).isEqualTo("peer-3");
  }

  @Test
  void aRevokedKeyIsTriedAgainAndNoOtherRoomIsMade() {
    start(TestConfig.DEFAULT.withKey("lab", ACCOUNT, ""));
    Awaitility.await().until(() -> server.tries() >= 1);
    server.keys.put(ACCOUNT, "lab");
    workers.get(0).awaitRoom(1);
    assertThat(server.requests).allMatch(request -> request.roomId().isPresent());
  }

  @Test
  void wrongKeysAreNamedButNotShown() throws IOException {
    TestConfig config = TestConfig.DEFAULT;
    assertThatThrownBy(() -> start(config.withKey("", "secret", "")))
        .hasMessageContaining("'key' in org.peerworks.worker.cfg")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> start(config.withKey("", ACCOUNT, "")))
        .hasMessageContaining("set 'room', too")
        .hasMessageNotContaining(ACCOUNT);
    assertThatThrownBy(() -> start(config.withKey("", TOKEN, "key")))
        .hasMessageContaining("one of");
    assertThatThrownBy(() -> start(config.withKey("", "", data.resolve("none").toString())))
        .hasMessageContaining("cannot be read");
    Path file = Files.writeString(data.resolve("key"), "x".repeat(2000));
    assertThatThrownBy(() -> start(config.withKey("", "", file.toString())))
        .hasMessageContaining("too long");
  }

  private TestWorker start(TestConfig config) {
    TestWorker worker = new TestWorker(server, config, data);
    workers.add(worker);
    return worker.start();
  }
}
