package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.peerworks.itests.distribution.Running;

/** Stand-in clients at our worker. */
final class AtOurWorker {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LARGE = 6_000_000;
  private static final String TOLD_TO_FAIL = "the fake was told to fail";

  /** How a file is called in a mount until it is whole. */
  private static final Predicate<Path> UNFINISHED =
      file -> file.getFileName().toString().matches("\\.peerworks-.*\\.part");

  private final Stage stage;
  private final Entrance entrance;

  AtOurWorker(Stage stage) {
    this.stage = stage;
    this.entrance = new Entrance(stage);
  }

  void run(Side generation, Deed deed) throws Exception {
    switch (deed) {
      case TRAIN -> train(generation, "legacy");
      case TRACK -> track(generation);
      case CANCEL -> cancel(generation);
      case FAILURE -> failure(generation);
      case DISCONNECT -> disconnect(generation);
    }
    Running worker = stage.workerOf(generation);
    assertThat(worker.isAlive()).as(worker.transcript()).isTrue();
    assertThat(worker.transcript()).doesNotContain("by a defect", "OutOfMemory");
  }

  private void train(Side generation, String form) throws Exception {
    StandIn client = start(generation, options("train").put("form", form));

    assertThat(client.outcome()).as("%s", client).isEqualTo("done");
    if (generation == Side.G3) {
      assertThat(client.got("JOB_COMPLETE::.*\"success\": ?true.*")).as("%s", client).isTrue();
      assertThat(Files.readString(file(client, ".*\\.predictions\\.slp")))
          .startsWith("predictions");
    } else if (generation == Side.G1) {
      Path zip = file(client, "trained_labels\\.v001\\.zip");
      assertThat(Archive.names(zip)).contains("centroid/best.ckpt");
    }
  }

  private void track(Side generation) throws Exception {
    StandIn client = start(generation, options("track"));

    assertThat(client.outcome()).as("%s", client).isEqualTo("done");
    Path predictions =
        generation == Side.G2 ? output(client, "predictions.slp") : file(client, ".*\\.slp");
    assertThat(Files.readString(predictions)).startsWith("predictions for labels.slp");
  }

  /** A result that stays at the worker (sleap-rtc wire format §2.4). */
  private static Path output(StandIn client, String name) {
    String text = client.awaitGot("JOB_OUTPUT_PATH::.*");
    return Path.of(text.substring(text.indexOf("::") + 2)).resolve(name);
  }

  /**
   * What is cancelled has failed; what is stopped is done, with what there was (sleap-rtc wire
   * format §2.3, §2.6).
   */
  private void cancel(Side generation) throws Exception {
    if (generation == Side.G3) {
      StandIn cancelled = slow(generation, "JOB_CANCEL");
      assertThat(cancelled.outcome()).as("%s", cancelled).isEqualTo("failed");
      assertThat(cancelled.got("JOB_COMPLETE::.*")).as("%s", cancelled).isFalse();
      assertThat(cancelled.got("INFERENCE_SKIPPED::\\{\"reason\": ?\"cancelled\"\\}"))
          .as("%s", cancelled)
          .isTrue();
      StandIn stopped = slow(generation, "JOB_STOP");
      assertThat(stopped.outcome()).as("%s", stopped).isEqualTo("done");
      assertThat(stopped.got("JOB_COMPLETE::.*\"stopped_early\": ?true.*"))
          .as("%s", stopped)
          .isTrue();
    } else {
      StandIn cancelled = slow(generation, "ZMQ_CTRL::{\"command\": \"cancel\"}");
      assertThat(cancelled.outcome()).as("%s", cancelled).isEqualTo("failed");
      assertThat(cancelled.got("TRAIN_JOB_END::.*")).as("%s", cancelled).isFalse();
      assertThat(cancelled.got("TRAIN_JOB_ERROR::centroid::-?[0-9]+")).as("%s", cancelled).isTrue();
      StandIn stopped = slow(generation, "ZMQ_CTRL::{\"command\": \"stop\"}");
      assertThat(stopped.outcome()).as("%s", stopped).isEqualTo("done");
      assertThat(stopped.got("TRAIN_JOB_END::centroid")).as("%s", stopped).isTrue();
      assertThat(Archive.names(file(stopped, "trained_.*\\.zip"))).contains("centroid/best.ckpt");
    }
    noProgramRuns(generation);
  }

  /** A training that goes on until it is told to end, in its third epoch. */
  private StandIn slow(Side generation, String word) throws IOException {
    return start(
        generation,
        options("train")
            .put("labels", "fake-slow.slp")
            .put("cancel_at", "Epoch 3")
            .put("cancel", word));
  }

  /** With status and reason, in the words of each generation (§2.3, §2.4, §2.6). */
  private void failure(Side generation) throws Exception {
    StandIn client = start(generation, options("train").put("labels", "fake-fail.slp"));

    assertThat(client.outcome()).as("%s", client).isEqualTo("failed");
    if (generation == Side.G1) {
      assertThat(client.got("TRAIN_JOB_ERROR::centroid::1")).as("%s", client).isTrue();
      assertThat(client.got(".*" + TOLD_TO_FAIL + ".*")).as("%s", client).isTrue();
    } else if (generation == Side.G2) {
      assertThat(client.got("JOB_FAILED::job-[0-9]+::.*" + TOLD_TO_FAIL + ".*exit status 1\\b.*"))
          .as("%s", client)
          .isTrue();
    } else {
      String failed = client.awaitGot("JOB_FAILED::.*");
      assertThat(failed)
          .matches("JOB_FAILED::job_[0-9a-f]{8}::\\{.*\"exit_code\": ?1\\b.*")
          .contains(TOLD_TO_FAIL);
    }
  }

  private void disconnect(Side generation) throws Exception {
    // Files between two of ours are kept for a while, so that they can be resumed.
    List<Path> before = uploads(generation).toList();
    ObjectNode options = options("train").put("size", LARGE).put("vanish_at", LARGE / 2);
    StandIn client = entrance.client(generation, options, false);
    client.expect("vanished");
    // What is looked for below was there.
    await().atMost(PATIENCE).until(() -> uploads(generation).anyMatch(f -> !before.contains(f)));

    train(generation, "modern");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(uploads(generation)).as("uploads").isSubsetOf(before));
  }

  private StandIn start(Side generation, ObjectNode options) throws IOException {
    return entrance.client(generation, options, true);
  }

  private static ObjectNode options(String task) {
    return StandIns.options().put("task", task).put("size", 3000);
  }

  /** What a client has got, checked against what was announced. */
  private static Path file(StandIn client, String name) {
    JsonNode file = client.expect("file", fact -> fact.get("name").textValue().matches(name));
    assertThat(file.get("size").longValue()).isEqualTo(file.get("announced").longValue());
    return client.directory().resolve(file.get("name").textValue());
  }

  /** Files that are on their way in: packages, and what goes into the mount under its own name. */
  private Stream<Path> uploads(Side generation) throws IOException {
    Path root =
        generation == Side.G3
            ? stage.mount()
            : stage.dataOf(generation).resolve("sleap").resolve("incoming");
    if (!Files.exists(root)) {
      return Stream.empty();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all
          .filter(Files::isRegularFile)
          .filter(file -> generation != Side.G3 || UNFINISHED.test(file))
          .toList()
          .stream();
    } catch (UncheckedIOException e) {
      return uploads(generation); // something went away meanwhile
    }
  }

  /** No program of our worker's jobs is left: each works in its job's directory. */
  void noProgramRuns(Side generation) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(programs(generation)).as("programs of jobs").isEmpty());
  }

  /** The programs of the jobs of the worker that clients of a generation meet. */
  List<Long> programs(Side generation) {
    return ProcessHandle.allProcesses()
        .filter(process -> isOfAJob(process, stage.dataOf(generation)))
        .map(ProcessHandle::pid)
        .toList();
  }

  private static boolean isOfAJob(ProcessHandle process, Path data) {
    try {
      Path jobs = data.resolve("jobs").toRealPath();
      return Path.of("/proc/" + process.pid() + "/cwd").toRealPath().startsWith(jobs);
    } catch (IOException e) {
      return false; // it has ended, or is not ours to look at
    }
  }
}
