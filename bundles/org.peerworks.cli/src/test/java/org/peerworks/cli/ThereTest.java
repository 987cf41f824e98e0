package org.peerworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.job.api.JobState;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Proof;
import org.peerworks.signaling.api.Role;

/** Jobs on files of the worker, and which worker it is. */
final class ThereTest {

  @TempDir Path here;
  private MemoryLab lab;

  @BeforeEach
  void open() {
    lab = new MemoryLab(here);
    lab.jobs.behaviour =
        job -> {
          job.running();
          job.output("labels.predictions.slp", new byte[] {1, 2});
          job.end(JobState.SUCCEEDED, "", "{\"predictions\":\"labels.predictions.slp\"}");
        };
  }

  @AfterEach
  void close() {
    assertThat(lab.open).isEmpty();
    lab.close();
  }

  private int run(String... words) {
    return lab.run(
        Stream.concat(Stream.of(words), Stream.of("-s", MemoryLab.SESSION)).toArray(String[]::new));
  }

  private JsonNode parameters(int index) throws JsonProcessingException {
    List<MemoryJobs.Entry> all = List.copyOf(lab.jobs.entries.values());
    return new ObjectMapper().readTree(all.get(index).request.parameters());
  }

  private void mapping(String local, String worker) throws IOException {
    Files.createDirectories(here.resolve(".sleap-rtc"));
    Path file = here.resolve(".sleap-rtc/config.toml");
    String before = Files.exists(file) ? Files.readString(file) : "";
    Files.writeString(
        file,
        before + "[[path_mappings]]\nlocal = \"" + local + "\"\nworker = \"" + worker + "\"\n");
  }

  @Test
  void aTrainingNamesFilesOfTheWorkerAndSendsThoseFromHere() throws IOException {
    mapping("/Users/me", "/mnt");
    mapping("/Users/me/data", "/vast/me");
    Files.writeString(here.resolve("mine.yaml"), "a: 1");

    int status =
        run(
            "train",
            "--config",
            "/Users/me/data/a.yaml",
            "-c",
            "mine.yaml",
            "--labels",
            "/Users/me/data/fly.slp",
            "--val-labels",
            "/other/val.slp",
            "--max-epochs",
            "7",
            "--batch-size",
            "4",
            "--learning-rate",
            "1e-4",
            "--run-name",
            "first",
            "--resume",
            "/Users/me/best.ckpt");

    assertThat(status).as(lab.err()).isZero();
    assertThat(parameters(0))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"configs":["/vast/me/a.yaml","mine.yaml"],"labels":"/vast/me/fly.slp",
                     "val_labels":"/other/val.slp","resume_ckpt_path":"/mnt/best.ckpt",
                     "max_epochs":7,"batch_size":4,"learning_rate":1.0E-4,"run_name":"first",
                     "path_mappings":{"/Users/me":"/mnt","/Users/me/data":"/vast/me"},"infer":true}
                    """));
    assertThat(lab.jobs.entries.values().iterator().next().inputs).containsOnlyKeys("mine.yaml");
    assertThat(here.resolve("labels.predictions.slp")).hasBinaryContent(new byte[] {1, 2});
  }

  @Test
  void predictionsOfATrainingDoNotReplaceAFile() throws IOException {
    Files.write(here.resolve("labels.predictions.slp"), new byte[] {9});
    assertThat(run("train", "-c", "/a.yaml")).isZero();
    assertThat(here.resolve("labels.predictions.slp")).hasBinaryContent(new byte[] {9});
    assertThat(here.resolve("labels.predictions_2.slp")).hasBinaryContent(new byte[] {1, 2});
    assertThat(parameters(0).path("infer").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train|--config PATH",
        "train -c nowhere.yaml|There is no file",
        "train -c /a.txt|does not end in",
        "train -c /a.yaml --resume here.ckpt|must be a path of the worker",
        "train -c /a.yaml --max-epochs 0|1 to 10000",
        "train -c /a.yaml --learning-rate 2|1e-10 to 1",
        "train --worker-path /a.zip -c /a.yaml|brings its own",
        "train --worker-path a.zip|must be a path of the worker",
        "track -d a.slp -m /m|must be a path of the worker",
        "track -d /a.slp -m m|must be a path of the worker",
        "track -d /a.slp -d /b.slp -m /m -o x|several",
        "track -d /a.slp -m /m --protocol g7|--protocol"
      })
  void whatDoesNotGoTogetherIsRefusedBeforeAnythingIsSent(String example) {
    String[] parts = example.split("\\|");
    assertThat(run(parts[0].split(" "))).isEqualTo(ExitStatus.USAGE);
    assertThat(lab.connected).isEmpty();
  }

  @Test
  void aTrackingNamesFilesOfTheWorker() throws IOException {
    int status =
        run(
            "track",
            "--data-path",
            "/vast/labels.slp",
            "--model-paths",
            "/m/a",
            "/m/b",
            "--output",
            "/vast/out.slp",
            "--only-suggested-frames",
            "--frames",
            "0-9",
            "--peak-threshold",
            "0.3");

    assertThat(status).as(lab.err()).isZero();
    assertThat(parameters(0))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"data_path":"/vast/labels.slp","model_paths":["/m/a","/m/b"],
                     "output_path":"/vast/out.slp","only_suggested_frames":true,"frames":"0-9",
                     "peak_threshold":0.3}
                    """));
    assertThat(here.resolve("out.slp")).hasBinaryContent(new byte[] {1, 2});
  }

  @Test
  void severalTrackingsShareAConnectionAndAFailureDoesNotStopTheOthers() {
    lab.jobs.behaviour =
        job -> {
          job.running();
          if (job.request.parameters().contains("/vast/a.slp")) {
            job.end(JobState.FAILED, "odd labels", "{}");
            return;
          }
          job.output("x.slp", new byte[] {3});
          job.end(JobState.SUCCEEDED, "", "{\"predictions\":\"x.slp\"}");
        };
    int status = run("track", "-m", "/m", "-d", "/vast/a.slp", "-d", "/vast/b.slp");

    assertThat(status).isEqualTo(ExitStatus.FAILED);
    assertThat(lab.connected).hasSize(1);
    assertThat(lab.jobs.entries).hasSize(2);
    assertThat(here.resolve("b.predictions.slp")).hasBinaryContent(new byte[] {3});
    assertThat(here.resolve("a.predictions.slp")).doesNotExist();
  }

  @Test
  void severalLabelsFromHereShareAConnectionToo() throws IOException {
    for (String name : List.of("a.slp", "b.slp")) {
      Files.write(here.resolve(name), new byte[] {(byte) 0x89, 'H', 'D', 'F', 1});
    }
    Files.createDirectory(here.resolve("m"));
    Files.write(here.resolve("m/best.ckpt"), new byte[] {1});

    assertThat(run("client-track", "-d", "a.slp", "-d", "b.slp", "-m", "m", "-o", "out"))
        .as(lab.err())
        .isZero();
    assertThat(lab.connected).hasSize(1);
    assertThat(here.resolve("out/a.predictions.slp")).hasBinaryContent(new byte[] {1, 2});
    assertThat(here.resolve("out/b.predictions.slp")).hasBinaryContent(new byte[] {1, 2});
  }

  private static PeerInfo worker(String id, String status, int memory) {
    return new PeerInfo(
        id,
        Role.WORKER,
        List.of(),
        Map.of("status", status, "gpu_memory_mb", memory, "peerworks", Map.of("version", 1)));
  }

  @Test
  void theBestFreeWorkerIsTaken() {
    lab.workers.clear();
    lab.workers.addAll(List.of(worker("big", "busy", 80_000), worker("b", "available", 24_000)));
    lab.workers.addAll(
        List.of(worker("a", "available", 24_000), worker("small", "available", 8_000)));

    assertThat(inRoom("--auto-select")).as(lab.err()).isZero();
    assertThat(lab.connected).containsExactly("a");
  }

  @Test
  void aWorkerWithTooLittleMemoryIsNoChoice() {
    lab.workers.clear();
    lab.workers.addAll(List.of(worker("a", "available", 24_000), worker("s", "available", 8_000)));

    assertThat(inRoom("--min-gpu-memory", "10000")).as(lab.err()).isZero();
    assertThat(inRoom("--min-gpu-memory", "40000")).isEqualTo(ExitStatus.NO_CONNECTION);
    assertThat(lab.connected).containsExactly("a");
    assertThat(lab.err()).contains("No worker of this room has a GPU with 40000 MB");
  }

  @Test
  void whoHasSignedInNeedsNoToken() throws IOException {
    Files.createDirectories(here.resolve(".sleap-rtc"));
    Files.writeString(
        here.resolve(".sleap-rtc/credentials.json"),
        "{\"jwt\":\"a.b.c\",\"default_room\":\"lab-room\"}");

    assertThat(lab.run("track", "-d", "/a.slp", "-m", "/m")).as(lab.err()).isZero();
    assertThat(lab.joined.proof()).isEqualTo(new Proof.Jwt("a.b.c"));
    assertThat(lab.joined.roomId()).contains("lab-room");
    assertThat(lab.joined.token()).isEmpty();
  }

  private int inRoom(String... words) {
    return lab.run(
        Stream.concat(
                Stream.of("track", "-d", "/a.slp", "-m", "/m", "-r", "room-1", "-t", "t"),
                Stream.of(words))
            .toArray(String[]::new));
  }
}
