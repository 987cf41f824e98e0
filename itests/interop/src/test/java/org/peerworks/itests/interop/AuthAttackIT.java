package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways around the authentication of a channel (sleap-rtc wire format §6, S1 to S3). */
@Tag("interop")
class AuthAttackIT {

  private static final String SECRET = "c2VjcmV0IG9mIHRoZSByb29tIGZvciB0ZXN0cyBvbmx5";

  @TempDir static Path directory;
  private static OldAndOurs sides;
  private static Session guarded;

  @BeforeAll
  static void open() throws Exception {
    sides = new OldAndOurs(directory);
    guarded = sides.ours().guarded(SECRET);
  }

  @AfterAll
  static void close() throws Exception {
    sides.close();
  }

  /** S1, S3: the worker wants a signature by a key of the room. */
  @ParameterizedTest
  @CsvSource({
    "before_authentication, ",
    "after_failure,         ",
    "without_credentials,   client",
  })
  void nobodyPassesWithoutAKey(String trick, String role) throws Exception {
    StandIn worker = sides.structuredWorker(StandIns.options().put("authorized_keys", true));
    StandIn shown = attack(sides.old(), atOld(worker), trick, role);
    assertThat(shown.outcome()).as("%s%n%s", shown, worker).isEqualTo("JOB_ACCEPTED");
    worker.kill();

    Stage ours = sides.ours();
    refused(attack(ours, OldAndOurs.member(ours, ours.guest().peer()), trick, role));
  }

  /** S2, S3 and guessing on: the worker wants the secret of the room. */
  @ParameterizedTest
  @CsvSource({
    "without_credentials, client",
    "second_channel,      ",
    "two_answers,         ",
  })
  void nobodyPassesWithoutTheSecret(String trick, String role) throws Exception {
    StandIn worker = sides.structuredWorker(StandIns.options().put("secret", SECRET));
    StandIn shown = attack(sides.old(), atOld(worker).put("secret", SECRET), trick, role);
    assertThat(shown.outcome()).as("%s%n%s", shown, worker).isEqualTo("JOB_ACCEPTED");
    worker.kill();

    refused(attack(sides.ours(), atOurs().put("secret", SECRET), trick, role));
  }

  /** S2: somebody who knew the secret was here before, on a channel of the same label. */
  @Test
  void theLabelOfSomebodyElseOpensNothing() throws Exception {
    StandIn worker = sides.structuredWorker(StandIns.options().put("secret", SECRET));
    assertThat(honest(sides.old(), atOld(worker)).outcome()).isEqualTo("done");
    StandIn shown = attack(sides.old(), atOld(worker), "without_credentials", null);
    assertThat(shown.outcome()).as("%s%n%s", shown, worker).isEqualTo("JOB_ACCEPTED");
    worker.kill();

    assertThat(honest(sides.ours(), atOurs()).outcome()).isEqualTo("done");
    refused(attack(sides.ours(), atOurs(), "without_credentials", null));
  }

  /** An answer is good for one challenge. */
  @ParameterizedTest
  @ValueSource(strings = {"replayed_answer"})
  void anAnswerIsGoodOnce(String trick) throws Exception {
    assertThat(honest(sides.ours(), atOurs()).outcome()).isEqualTo("done");

    StandIn attack = attack(sides.ours(), atOurs().put("secret", SECRET), trick, null);
    assertThat(attack.outcome()).as("%s", attack).isEqualTo("AUTH_FAILURE::invalid");
  }

  private static ObjectNode atOld(StandIn worker) throws Exception {
    return OldAndOurs.member(sides.old(), worker.expect("ready").get("peer_id").textValue());
  }

  private static ObjectNode atOurs() {
    return OldAndOurs.guest(sides.ours(), guarded);
  }

  /** A client that knows the secret, and has its job done. */
  private static StandIn honest(Stage stage, ObjectNode options) throws Exception {
    options.put("secret", SECRET).put("task", "train").put("patience", 60);
    StandIn client = stage.standIns().start("client", options);
    assertThat(client.outcome()).as("%s", client).isEqualTo("done");
    assertThat(client.got("AUTH_SUCCESS")).as("%s", client).isTrue();
    return client;
  }

  private static StandIn attack(Stage stage, ObjectNode options, String trick, String role)
      throws Exception {
    Path labels = stage.mount().resolve("attack.slp");
    Files.writeString(labels, "labels");
    options.put("trick", trick).put("role", role).put("labels_at_worker", labels.toString());
    return stage.standIns().start("wrong", options);
  }

  private static void refused(StandIn attack) {
    assertThat(attack.outcome()).as("%s", attack).isIn("closed", "nothing");
    assertThat(attack.got("AUTH_CHALLENGE::.*")).as("%s", attack).isTrue();
  }
}
