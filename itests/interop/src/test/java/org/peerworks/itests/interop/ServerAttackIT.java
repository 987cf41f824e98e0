package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.itests.distribution.Lab;

/**
 * What the old signalling server lets anybody do: each attack succeeds against the stand-in that
 * has the hole, and fails against our server (sleap-rtc wire format §6, S13 to S16, S20, S21).
 */
@Tag("interop")
class ServerAttackIT {

  private static final int TRIES = 700;

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

  /** S15: whoever is in the room is told with which key a worker came. */
  @ParameterizedTest
  @ValueSource(strings = {"worker_token", "account_key"})
  void keysOfWorkersAreNotShown(String key) throws Exception {
    assertThat(lookForKeys(old, key).outcome()).isEqualTo("succeeded");

    assertThat(lookForKeys(ours, key).outcome()).isEqualTo("refused");
  }

  /** The worker of a lab of today, at either server: it makes a part of its key its id (S21). */
  private static StandIn lookForKeys(Stage stage, String key) throws Exception {
    JsonNode account = stage.account();
    String wanted = account.get(key).textValue();
    ObjectNode place = stage.options().put("room", account.get("room").textValue());
    StandIn worker =
        stage
            .standIns()
            .start("worker", place.deepCopy().put("generation", "G3").put("api_key", wanted));
    String peer = worker.expect("ready").get("peer_id").textValue();
    StandIn look =
        stage
            .standIns()
            .start(
                "wrong",
                place
                    .put("trick", "look_for_keys")
                    .put("token", "")
                    .put("jwt", account.get("jwt").textValue())
                    .put("wanted", wanted));
    look.outcome();
    worker.kill();
    // What was asked was answered: the worker is in the list.
    look.expect("signal", signal -> signal.get("message").textValue().contains(peer));
    return look;
  }

  /** S20; on servers of their own, since nobody at this address gets in afterwards. */
  @ParameterizedTest
  @ValueSource(strings = {"sign_in_often", "guess", "guess_invites"})
  void tryingHasALimit(String trick) throws Exception {
    assertThat(guessed(old, trick).outcome()).isEqualTo("unlimited");

    Lab other = new Lab(directory.resolve(trick), ours.lab());
    Stage guessed = new Stage(true, other, false);
    try {
      assertThat(guessed(guessed, trick).outcome()).isEqualTo("limited");
    } finally {
      guessed.close();
    }
  }

  private static StandIn guessed(Stage stage, String trick) throws Exception {
    ObjectNode options = stage.options().put("trick", trick).put("tries", TRIES);
    options
        .put("room", oldWorker.get("room").textValue())
        .put("jwt", stage.account().get("jwt").textValue());
    return stage.standIns().start("wrong", options);
  }

  /** S20: six hexadecimal digits are guessed; and an invitation is good for everybody. */
  @Test
  void tokensAreLong() throws Exception {
    assertThat(oldWorker.get("token").textValue()).hasSize(6);

    assertThat(ourWorker.token()).hasSizeGreaterThan(20);
    assertThat(ours.account().get("room_token").textValue()).hasSizeGreaterThan(20);
  }

  /** S21; the session string on standard output is what the worker is asked for. */
  @Test
  void secretsAreNotInLogsIdsAndCommandLines() throws Exception {
    Stage.Guest guest = ours.guest();
    JsonNode account = ours.account();
    String token = account.get("worker_token").textValue();
    for (String secret :
        List.of(
            ourWorker.token(),
            token.substring(token.length() - 20),
            account.get("account_key").textValue(),
            account.get("private_key").textValue(),
            account.get("jwt").textValue().split("\\.")[1])) {
      assertThat(String.join("\n", ours.worker().err())).doesNotContain(secret);
      assertThat(guest.process().transcript()).doesNotContain(secret);
      assertThat(ours.logsWith(secret)).isEmpty();
      assertThat(CommandLines.with(secret)).isEmpty();
      assertThat(guest.peer()).doesNotContain(secret.substring(0, 8));
      assertThat(ourWorker.peer()).doesNotContain(secret.substring(0, 4));
    }
    // They would be found: so are the worker's id and the name of its file.
    assertThat(ours.logsWith(ourWorker.peer())).isNotEmpty();
    assertThat(CommandLines.with("worker-token")).isNotEmpty();
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
