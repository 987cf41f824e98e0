package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerworks.itests.distribution.Lab;
import org.peerworks.itests.distribution.Running;

/**
 * What the old signalling server lets anybody do: each attack succeeds against the stand-in that
 * has the hole, and fails against our server (sleap-rtc wire format §6, S13 to S16, S20, S21).
 */
@Tag("interop")
class ServerAttackIT {

  private static final int TRIES = 1500;

  @TempDir static Path directory;

  private static Stage ours;
  private static Stage old;
  private static Session ourWorker;
  private static JsonNode oldWorker;

  @BeforeAll
  static void open() throws Exception {
    Lab lab = new Lab(directory.resolve("ours"));
    ours = new Stage(true, lab);
    old = new Stage(false, new Lab(directory.resolve("old"), lab));
    ourWorker = Session.of(ours.session());
    oldWorker = worker();
  }

  @AfterAll
  static void close() throws Exception {
    ours.close();
    old.close();
  }

  private static JsonNode worker() throws Exception {
    return old.standIns().start("worker", old.options().put("generation", "G2")).expect("ready");
  }

  @AfterEach
  void ourWorkerIsStillThere() throws Exception {
    StandIn client =
        ours.standIns()
            .start(
                "client",
                ours.options()
                    .put("generation", "G2")
                    .put("room", ourWorker.room())
                    .put("token", ourWorker.token())
                    .put("task", "none"));
    JsonNode found = client.expect("found");
    assertThat(found.get("peers")).as("%s", found).hasSize(1);
    assertThat(found.get("peers").get(0).textValue()).isEqualTo(ourWorker.peer());
    client.kill();
  }

  @ParameterizedTest
  @CsvSource({
    "S13, unregistered, succeeded, refused",
    "S13, impersonate,  succeeded, refused",
    "S14, take_over,    succeeded, refused",
    "S16, delete_peer,  succeeded, refused",
    "S16, delete_room,  succeeded, refused",
    "S20, any_site,     allowed,   refused",
  })
  void aHoleIsClosed(String hole, String trick, String there, String here) throws Exception {
    JsonNode victim = worker();
    StandIn against =
        at(old, trick, victim.get("room"), victim.get("token"), victim.get("peer_id"));
    assertThat(against.outcome()).as("%s: %s", hole, against).isEqualTo(there);

    StandIn attack = atOurs(ours, trick);

    assertThat(attack.outcome()).as("%s: %s", hole, attack).isEqualTo(here);
  }

  @Test
  void nobodyEntersWithWrongCredentials() throws Exception {
    assertThat(
            at(
                    old,
                    "wrong_credentials",
                    oldWorker.get("room"),
                    oldWorker.get("token"),
                    oldWorker.get("peer_id"))
                .outcome())
        .isEqualTo("refused");

    StandIn attack = atOurs(ours, "wrong_credentials");

    assertThat(attack.outcome()).as("%s", attack).isEqualTo("refused");
    // Both shapes of an error, as clients look for them (§1.4).
    attack.expect("tried", is("id_token", "\\{\"error\": ?\"Invalid token\"\\}"));
    attack.expect("tried", is("token", ".*\"reason\": ?\"Invalid token\".*"));
    attack.expect("tried", is("nothing", ".*\"reason\": ?\"No authentication provided.*"));
  }

  private static java.util.function.Predicate<JsonNode> is(String way, String reply) {
    return fact ->
        fact.get("way").textValue().equals(way) && fact.get("reply").textValue().matches(reply);
  }

  @Test
  void noiseHarmsNobody() throws Exception {
    assertThat(atOurs(ours, "noise").outcome()).isEqualTo("sent");
  }

  /** S20; on a server of its own, since nobody at this address gets in afterwards. */
  @Test
  void guessingAndSigningInHaveALimit() throws Exception {
    Lab other = new Lab(directory.resolve("guessed"), ours.lab());
    Stage guessed = new Stage(true, other, false);
    try {
      assertThat(at(old, "sign_in_often", null, null, null).outcome()).isEqualTo("unlimited");
      assertThat(atOurs(guessed, "sign_in_often").outcome()).isEqualTo("limited");
      assertThat(ourWorker.token()).as("token of a room").hasSizeGreaterThan(20);
    } finally {
      guessed.close();
    }
  }

  /** S21; the session string on standard output is what the worker is asked for. */
  @Test
  void secretsAreNotInLogsAndIds() throws Exception {
    Running worker = ours.worker();
    assertThat(String.join("\n", worker.err())).doesNotContain(ourWorker.token());
    assertThat(ours.secretsInLogs(ourWorker.token())).isEmpty();
    assertThat(ourWorker.peer()).doesNotContain(ourWorker.token().substring(0, 4));
  }

  private static StandIn atOurs(Stage stage, String trick) throws Exception {
    ObjectNode options = stage.options().put("trick", trick).put("tries", TRIES);
    options
        .put("room", ourWorker.room())
        .put("token", ourWorker.token())
        .put("victim", ourWorker.peer());
    return stage.standIns().start("wrong", options);
  }

  private static StandIn at(
      Stage stage, String trick, JsonNode room, JsonNode token, JsonNode victim) throws Exception {
    ObjectNode options = stage.options().put("trick", trick).put("tries", TRIES);
    options.set("room", room);
    options.set("token", token);
    options.set("victim", victim);
    return stage.standIns().start("wrong", options);
  }
}
