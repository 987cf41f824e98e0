package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
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

/**
 * Jobs and uploads that reach for more than is theirs (sleap-rtc wire format §6, S5, S8, S10, S12).
 * Each reaches it at the stand-in worker; at ours its harmless form is done.
 */
@Tag("interop")
class JobAttackIT {

  private static final String CONFIG =
      "data_config:\n  train_labels_path: [%s]\nmodel_config: {}\n"
          + "trainer_config:\n  ckpt_dir: %s\n  run_name: run\n";
  private static final String PRIVATE = "private words of the worker";
  private static final long BOMB = 256L << 20;

  @TempDir static Path directory;
  private static OldAndOurs sides;
  private static StandIn oldWorker;

  @BeforeAll
  static void open() throws Exception {
    sides = new OldAndOurs(directory);
    oldWorker = sides.structuredWorker(StandIns.options());
    sides.ours().worker();
  }

  @AfterAll
  static void close() throws Exception {
    assertThat(sides.ours().worker().isAlive()).isTrue();
    sides.close();
  }

  /** S5: only the directory of an upload is looked at. */
  @Test
  void anUploadStaysInItsDirectory() throws Exception {
    Path there = directory.resolve("upload-old");
    StandIn shown = upload(sides.old(), climbing(there));
    assertThat(shown.outcome()).as("%s", shown).isEqualTo("FILE_UPLOAD_COMPLETE");
    assertThat(there).exists();

    assertThat(upload(sides.ours(), "harmless.bin").outcome()).isEqualTo("FILE_UPLOAD_COMPLETE");
    Path here = directory.resolve("upload-ours");
    assertThat(upload(sides.ours(), climbing(here)).outcome()).isEqualTo("refused");
    assertThat(upload(sides.ours(), here.toString()).outcome()).isEqualTo("refused");
    assertThat(here).doesNotExist();
  }

  private static StandIn upload(Stage stage, String name) throws Exception {
    ObjectNode options =
        at(stage).put("trick", "upload_that_leaves").put("mount", stage.mount().toString());
    return stage.standIns().start("wrong", options.put("name", name));
  }

  /** S8: the name of a run, and a configuration's folder for models, become paths. */
  @ParameterizedTest
  @ValueSource(strings = {"run_name", "ckpt_dir"})
  void aTrainingWritesNowhereElse(String way) throws Exception {
    Path there = directory.resolve("written-old-" + way);
    StandIn shown = job(sides.old(), writing(sides.old(), way, there));
    assertThat(shown.outcome()).as("%s", shown).isEqualTo("JOB_COMPLETE");
    assertThat(there).exists();

    StandIn harmless = job(sides.ours(), writing(sides.ours(), "", Path.of("plain")));
    assertThat(harmless.outcome()).as("%s", harmless).isEqualTo("JOB_COMPLETE");
    Path here = directory.resolve("written-ours-" + way);
    StandIn attack = job(sides.ours(), writing(sides.ours(), way, here));
    // Where models go is not for a configuration to say: the worker puts them in their place.
    assertThat(attack.outcome())
        .as("%s", attack)
        .isEqualTo(way.equals("ckpt_dir") ? "JOB_COMPLETE" : "rejected");
    assertThat(here).doesNotExist();
  }

  private static ObjectNode writing(Stage stage, String way, Path target) throws IOException {
    String labels = labels(stage).toString();
    String folder = way.equals("ckpt_dir") ? target.toString() : "models";
    ObjectNode spec = spec(labels, folder).put("labels_path", labels);
    return way.equals("run_name") ? spec.put("run_name", climbing(target)) : spec;
  }

  /** S8: what a configuration names, or a mapping makes of it, is read. */
  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true"})
  void aTrainingReadsNothingElse(boolean mapped, boolean linked) throws Exception {
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Path secret = outside.resolve("private.slp");
    Files.writeString(secret, PRIVATE);

    StandIn shown = job(sides.old(), reading(sides.old(), secret, mapped, linked));
    assertThat(shown.got(".*" + PRIVATE + ".*")).as("%s", awaited(shown)).isTrue();

    StandIn harmless =
        job(sides.ours(), reading(sides.ours(), labels(sides.ours()), mapped, false));
    assertThat(harmless.outcome()).as("%s", harmless).isEqualTo("JOB_COMPLETE");
    assertThat(harmless.got(".*harmless words.*")).as("%s", harmless).isTrue();
    StandIn attack = job(sides.ours(), reading(sides.ours(), secret, mapped, linked));
    assertThat(attack.outcome()).as("%s", attack).isIn("rejected", "JOB_REJECTED", "JOB_FAILED");
    assertThat(attack.got(".*" + PRIVATE + ".*")).as("%s", attack).isFalse();
  }

  private static StandIn awaited(StandIn standIn) {
    standIn.outcome();
    return standIn;
  }

  private static ObjectNode reading(Stage stage, Path file, boolean mapped, boolean linked)
      throws IOException {
    if (linked) {
      Path link = stage.mount().resolve("link.slp");
      Files.deleteIfExists(link);
      return spec(Files.createSymbolicLink(link, file).toString(), "models");
    }
    if (mapped) {
      ObjectNode spec = spec("/my/data/" + file.getFileName(), "models");
      spec.putObject("path_mappings").put("/my/data", file.getParent().toString());
      return spec;
    }
    return spec(file.toString(), "models");
  }

  /** S12: what a client says to the trainer names a call for whoever decodes it into objects. */
  @ParameterizedTest
  @CsvSource({
    "control_that_calls,    false",
    "control_that_calls,    true",
    "job_control_that_calls, false",
    "job_control_that_calls, true",
  })
  void nothingOfAClientReachesTheTrainer(String trick, boolean disguised) throws Exception {
    Path there = directory.resolve("called-old-" + trick + disguised);
    StandIn shown = control(sides.old(), trick, disguised, there);
    assertThat(shown.outcome()).as("%s%n%s", shown, oldWorker).isEqualTo("done");
    assertThat(there).exists();

    Path here = directory.resolve("called-ours-" + trick + disguised);
    StandIn attack = control(sides.ours(), trick, disguised, here);
    assertThat(attack.outcome()).as("%s", attack).isEqualTo("done");
    assertThat(here).doesNotExist();
  }

  private static StandIn control(Stage stage, String trick, boolean disguised, Path target)
      throws Exception {
    ObjectNode options = at(stage).put("trick", trick).put("disguised", disguised);
    options.put("target", target.toString());
    Path labels = stage.mount().resolve("fake-slow.slp");
    Files.writeString(labels, "labels");
    return stage.standIns().start("wrong", options.put("labels_at_worker", labels.toString()));
  }

  /** S10: nobody minds how much is announced. */
  @ParameterizedTest
  @CsvSource({
    "endless_file,   taken, refused",
    "endless_upload, taken, refused",
    "bomb,           TRAINING_JOBS_DONE, TRAIN_JOB_ERROR",
  })
  void whatIsTooMuchIsRefused(String trick, String there, String here) throws Exception {
    // One of its own, as half an upload sticks to it.
    StandIn worker = sides.structuredWorker(StandIns.options());
    StandIn shown = large(sides.old(), at(sides.old(), worker), trick);
    assertThat(shown.outcome()).as("%s", shown).isEqualTo(there);
    worker.kill();

    StandIn attack = large(sides.ours(), at(sides.ours()), trick);
    assertThat(attack.outcome()).as("%s", attack).isEqualTo(here);
    assertThat(Sizes.of(sides.ours().lab().workerData())).isLessThan(BOMB);
  }

  private static StandIn large(Stage stage, ObjectNode options, String trick) throws Exception {
    options.put("trick", trick).put("mount", stage.mount().toString());
    return stage.standIns().start("wrong", options);
  }

  private static ObjectNode at(Stage stage) throws Exception {
    return stage.isOurServer()
        ? OldAndOurs.guest(stage, Session.of(stage.session()))
        : at(stage, oldWorker);
  }

  private static ObjectNode at(Stage stage, StandIn worker) throws Exception {
    return OldAndOurs.member(stage, worker.expect("ready").get("peer_id").textValue());
  }

  private static StandIn job(Stage stage, ObjectNode spec) throws Exception {
    ObjectNode options = at(stage).put("trick", "structured");
    options.set("spec", spec);
    StandIn client = stage.standIns().start("wrong", options);
    client.outcome();
    return client;
  }

  private static ObjectNode spec(String labels, String folder) {
    ObjectNode spec = StandIns.options().put("type", "train");
    spec.putArray("config_contents").add(CONFIG.formatted(labels, folder));
    return spec;
  }

  private static Path labels(Stage stage) throws IOException {
    return Files.writeString(stage.mount().resolve("harmless.slp"), "harmless words");
  }

  private static String climbing(Path target) {
    return "../".repeat(20) + target.toString().substring(1);
  }
}
