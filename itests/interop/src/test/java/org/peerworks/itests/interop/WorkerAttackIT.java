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
 * Clients that break the rules at our worker; after each, the next client is served at once.
 * Attacks of sleap-rtc wire format §6 succeed first against the stand-in that has the hole.
 */
@Tag("interop")
class WorkerAttackIT {

  @TempDir static Path directory;

  private static Stage ours;
  private static Stage old;
  private static AtOurWorker good;

  @BeforeAll
  static void open() throws Exception {
    Lab lab = new Lab(directory.resolve("ours"));
    ours = new Stage(true, lab);
    old = new Stage(false, new Lab(directory.resolve("old"), lab));
    good = new AtOurWorker(ours);
    ours.worker();
  }

  @AfterAll
  static void close() throws Exception {
    ours.close();
    old.close();
  }

  @AfterEach
  void theNextClientIsServed() throws Exception {
    good.run(Side.G1, Deed.TRAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "silence",
        "silence_in_file",
        "flood",
        "flood_of_requests",
        "out_of_order",
        "second_announcement",
        "too_much",
        "too_little",
        "malformed",
        "large_text",
        "large_chunk"
      })
  void nonsenseStopsNobody(String trick) throws Exception {
    StandIn client = atOurs(trick, StandIns.options());

    assertThat(client.outcome()).as("%s", client).isIn("closed", "quiet");
    assertThat(client.got("TRAIN_JOB_START.*")).as("%s", client).isFalse();
  }

  @Test
  void aKeepAliveInAFileIsNoPartOfIt() throws Exception {
    assertThat(atOurs("keep_alive_in_file", StandIns.options()).outcome()).isEqualTo("done");
  }

  @Test
  void aStrayEndRunsNothingAgain() throws Exception {
    assertThat(atOurs("end_again", StandIns.options()).outcome()).isEqualTo("ran_once");
  }

  /** S4, S9, S11: a path outside appears at the stand-in, and not at our worker. */
  @ParameterizedTest
  @CsvSource({
    "S4,  name_that_leaves,    false",
    "S9,  script_with_options, false",
    "S11, slip,                true",
    "S11, link_entry,          true",
  })
  void nothingIsWrittenOutside(String hole, String trick, boolean naive) throws Exception {
    Path there = directory.resolve("outside-old-" + trick);
    StandIn worker =
        old.standIns()
            .start("worker", old.options().put("generation", "G1").put("naive_unpacker", naive));
    JsonNode ready = worker.expect("ready");
    ObjectNode options = aimed(old, trick, there).put("session", ready.get("session").textValue());
    StandIn shown = old.standIns().start("wrong", options);
    shown.expect("outcome");
    worker.kill();
    assertThat(there).as("%s at the stand-in: %s%n%s", hole, shown, worker).exists();

    Path here = directory.resolve("outside-ours-" + trick);
    StandIn attack =
        ours.standIns().start("wrong", aimed(ours, trick, here).put("session", ours.session()));

    attack.expect("outcome");
    assertThat(here).as("%s: %s", hole, attack).doesNotExist();
  }

  /** S9: an archive has a file for the directory that the worker runs in. */
  @Test
  void theSettingsOfTheWorkerStayAsTheyAre() throws Exception {
    StandIn worker = old.standIns().start("worker", old.options().put("generation", "G1"));
    ObjectNode options = aimed(old, "archive_with_settings", directory);
    options.put("session", worker.expect("ready").get("session").textValue());
    StandIn shown = old.standIns().start("wrong", options);
    shown.expect("outcome");
    worker.kill();
    assertThat(worker.directory().resolve("sleap-rtc.toml")).as("%s", shown).exists();

    StandIn attack = atOurs("archive_with_settings", StandIns.options());
    attack.expect("outcome");
    for (Path place : List.of(ours.lab().desk(), ours.lab().workerData(), ours.home())) {
      assertThat(place.resolve("sleap-rtc.toml")).as("%s", attack).doesNotExist();
    }
  }

  private static ObjectNode aimed(Stage stage, String trick, Path target) {
    return stage
        .options()
        .put("generation", "G1")
        .put("trick", trick)
        .put("patience", 4)
        .put("target", target.toString())
        .put("name", "../".repeat(20) + target.toString().substring(1));
  }

  private static StandIn atOurs(String trick, ObjectNode options) throws Exception {
    ObjectNode all = ours.options().put("generation", "G1").put("trick", trick).put("patience", 3);
    all.put("session", ours.session());
    all.setAll(options);
    return ours.standIns().start("wrong", all);
  }
}
