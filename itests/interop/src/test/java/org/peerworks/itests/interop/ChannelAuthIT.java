package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.itests.distribution.Lab;
import org.peerworks.itests.distribution.Running;

/**
 * Ed25519 from end to end: keys that our server knows, asked for by our worker and by theirs,
 * proved by their client and by ours (sleap-rtc wire format §2.5).
 */
@Tag("interop")
class ChannelAuthIT {

  @TempDir static Path directory;
  private static Stage stage;

  @BeforeAll
  static void open() throws Exception {
    stage = new Stage(true, new Lab(directory));
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  @Test
  void ourWorkerTakesTheirClientByItsKey() throws Exception {
    StandIn client = theirs(stage.account().get("private_key").textValue());

    assertThat(client.outcome()).as("%s", client).isEqualTo("done");
    assertThat(client.got("AUTH_CHALLENGE::[A-Za-z0-9_-]{43}")).as("%s", client).isTrue();
    assertThat(client.got("AUTH_SUCCESS")).as("%s", client).isTrue();
  }

  @Test
  void ourWorkerTakesNoKeyThatTheServerDoesNotKnow() throws Exception {
    StandIn client = theirs(otherKey());

    assertThat(client.outcome()).as("%s", client).isEqualTo("not_authenticated");
    assertThat(client.got("AUTH_FAILURE::invalid")).as("%s", client).isTrue();
  }

  @Test
  void ourWorkerTakesNobodyWithoutAKey() throws Exception {
    StandIn client = theirs(null);

    assertThat(client.outcome()).as("%s", client).isEqualTo("not_authenticated");
    assertThat(client.got("AUTH_FAILURE::missing")).as("%s", client).isTrue();
  }

  private static StandIn theirs(String key) throws Exception {
    ObjectNode options = StandIns.options().put("task", "train").put("private_key", key);
    return new Entrance(stage).client(Side.G3, options, true);
  }

  @Test
  void theirWorkerTakesOurClientByItsKey() throws Exception {
    StandIn worker = theirWorker();
    Running training =
        ours(stage.account().get("private_key").textValue(), peer(worker), List.of());

    assertThat(training.exit()).as("%s%n%s", training.transcript(), worker).isZero();
    assertThat(said(worker)).contains("AUTH_SUCCESS");
    worker.kill();
  }

  @Test
  void theirWorkerTakesNoOtherKeyOfOurs() throws Exception {
    StandIn worker = theirWorker();
    Running training = ours(otherKey(), peer(worker), List.of());

    assertThat(training.exit()).as("%s%n%s", training.transcript(), worker).isPositive();
    assertThat(said(worker)).contains("AUTH_FAILURE::invalid");
    assertThat(training.transcript()).contains("did not accept your key");
    worker.kill();
  }

  @Test
  void ourWorkerTakesOurClientByItsKeyInThatFormatToo() throws Exception {
    List<String> format = List.of("--protocol", "g3");
    Running training =
        ours(stage.account().get("private_key").textValue(), stage.guest().peer(), format);
    assertThat(training.exit()).as(training.transcript()).isZero();

    Running other = ours(otherKey(), stage.guest().peer(), format);
    assertThat(other.exit()).as(other.transcript()).isPositive();
    assertThat(other.transcript()).contains("did not accept your key");
  }

  /** Asks our server for the keys of the room. */
  private static StandIn theirWorker() throws Exception {
    JsonNode account = stage.account();
    return stage
        .standIns()
        .start(
            "worker",
            stage
                .options()
                .put("generation", "G3")
                .put("room", account.get("room").textValue())
                .put("api_key", account.get("worker_token").textValue())
                .put("mount", stage.mount().toString())
                .put("authorized_keys", true));
  }

  private static String peer(StandIn worker) {
    return worker.expect("ready").get("peer_id").textValue();
  }

  private static List<String> said(StandIn worker) {
    return worker.facts("sent").map(fact -> fact.get("text").textValue()).toList();
  }

  /** Our client, which finds a key where {@code login} leaves it. */
  private static Running ours(String key, String worker, List<String> more) throws Exception {
    Path credentials = stage.home().resolve(".sleap-rtc/credentials.json");
    stage.secretFile(
        stage.lab().directory().relativize(credentials).toString(),
        StandIns.options().put("private_key", key).toString());
    String config = new OurClient(stage).config("labels.slp");
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                "--room",
                stage.account().get("room").textValue(),
                "--worker-id",
                worker,
                "-c",
                config,
                "--labels",
                new Packages(stage.mount()).labels("labels.slp").toString()));
    words.addAll(more);
    Running training =
        stage
            .lab()
            .clientWith(
                Map.of("SLEAP_RTC_ACCOUNT_KEY", stage.account().get("account_key").textValue()),
                words.toArray(String[]::new));
    training.exit();
    Files.delete(credentials);
    return training;
  }

  private static String otherKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
  }
}
