package org.peerworks.job.track;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.testkit.DirectoryMounts;
import org.peerworks.job.testkit.RealContext;
import org.peerworks.job.testkit.ZipFile;
import org.peerworks.lib.files.ArchiveLimits;

/** Trackings of data of the worker, with the parameters of structured jobs. */
class StructuredTrackTest {

  private static final String TRACKER =
      """
      for a; do printf '%s\\n' "$a"; done > HERE/arguments
      echo "Tracked 3/3 frames"
      while [ "$1" != -o ]; do shift; done
      echo predictions > "$2"
      """;

  private static final String BOTH =
      "\"data_path\":\"MOUNT/mice.slp\",\"model_paths\":[\"MOUNT/m\"]";

  @TempDir Path directory;
  private Path mount;
  private DirectoryMounts mounts;
  private RealContext context;

  @BeforeEach
  void makeJob() throws IOException {
    context = new RealContext(Files.createDirectory(directory.resolve("job")).toRealPath());
    context.withProgram(TRACKER);
    mount = Files.createDirectories(directory.resolve("vast/lab")).toRealPath();
    Files.writeString(mount.resolve("mice.slp"), "data");
    Files.createDirectories(mount.resolve("m"));
    Files.writeString(mount.resolve("m/best.ckpt"), "weights");
    mounts = new DirectoryMounts(mount.getParent());
  }

  private JobResult run(String parameters) throws Exception {
    String json = "{" + parameters.replace("MOUNT", mount.toString()) + "}";
    TrackJobType type = new TrackJobType(ArchiveLimits.DEFAULT).withMounts(mounts);
    return type.run(context.withParameters(json));
  }

  private List<String> arguments() throws IOException {
    return Files.readAllLines(directory.resolve("job/arguments"));
  }

  private static JsonNode document(JobResult result) throws IOException {
    return new ObjectMapper().readTree(result.document());
  }

  @Test
  void dataOfTheWorkerAreTrackedAsSleapRtcDoes() throws Exception {
    JobResult result =
        run(
            """
            "data_path":"/lab/mice.slp","model_paths":["MOUNT/m","MOUNT/m/best.ckpt"],
            "path_mappings":{"/lab":"MOUNT"},"batch_size":8,"peak_threshold":0.25,
            "only_suggested_frames":true,"exclude_user_labeled":true,"frames":"0-100,200",
            "video_index":0
            """);
    assertThat(result.reason()).isEmpty();
    assertThat(arguments())
        .containsExactly(
            "track",
            "--data_path",
            mount.resolve("mice.slp").toString(),
            "--model_paths",
            mount.resolve("m").toString(),
            "--model_paths",
            mount.resolve("m").toString(),
            "-o",
            context.outputDirectory().resolve("mice.predictions.slp").toString(),
            "--batch_size",
            "8",
            "--peak_threshold",
            "0.25",
            "--only_suggested_frames",
            "--exclude_user_labeled",
            "--video_index",
            "0",
            "--frames",
            "0-100,200");
    assertThat(result.outputs()).containsOnlyKeys("mice.predictions.slp");
    assertThat(mount.resolve("mice.predictions.slp")).hasContent("predictions");
    assertThat(document(result).get("path").asText())
        .isEqualTo(mount.resolve("mice.predictions.slp").toString());
  }

  @Test
  void theTrackerIsToldWhereVideosOfTheWorkerMayLie() throws Exception {
    context.withProgram("echo \"$PEERWORKS_MOUNTS\" >../mounts\n" + TRACKER);
    assertThat(run(BOTH).reason()).isEmpty();
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.filter(file -> file.endsWith("mounts")))
          .singleElement()
          .satisfies(told -> assertThat(told).hasContent(mount.getParent().toString()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "suggested, --only_suggested_frames",
    "user, --only_labeled_frames",
    "predicted, --only_predicted_frames",
  })
  void framesAreFiltered(String filter, String option) throws Exception {
    assertThat(run(BOTH + ",\"frame_filter\":\"" + filter + "\"").succeeded()).isTrue();
    assertThat(arguments()).last().isEqualTo(option);
  }

  @Test
  void predictionsGoWhereTheyAreWantedAndReplaceNothing() throws Exception {
    Files.createDirectories(mount.resolve("out"));
    Files.writeString(mount.resolve("out/p.slp"), "mine");
    JobResult result = run(BOTH + ",\"output_path\":\"MOUNT/out/p.slp\"");
    assertThat(result.outputs()).containsOnlyKeys("p.slp");
    assertThat(mount.resolve("out/p.slp")).hasContent("mine");
    assertThat(mount.resolve("out/p-2.slp")).hasContent("predictions");
    assertThat(run(BOTH + ",\"output_path\":\"MOUNT/out/p.slp\"").document())
        .as("when it is run again")
        .isEqualTo(result.document());
    assertThat(mount.resolve("out/p-3.slp")).doesNotExist();
  }

  @Test
  void dataThatCannotBeWrittenBesideGiveTheirPredictionsToTheJob() throws Exception {
    mounts.readOnly();
    JobResult result = run(BOTH);
    assertThat(result.reason()).isEmpty();
    assertThat(result.outputs()).containsOnlyKeys("mice.predictions.slp");
    assertThat(document(result).has("path")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"data_path\":\"/etc/passwd\",\"model_paths\":[\"MOUNT/m\"]",
        "\"data_path\":\"MOUNT/../../x.slp\",\"model_paths\":[\"MOUNT/m\"]",
        "\"data_path\":\"mice.slp\",\"model_paths\":[\"MOUNT/m\"]",
        "\"data_path\":\"MOUNT/missing.slp\",\"model_paths\":[\"MOUNT/m\"]",
        "\"data_path\":\"MOUNT/m\",\"model_paths\":[\"MOUNT/m\"]",
        "\"data_path\":\"MOUNT/mice.slp\",\"model_paths\":[\"/\"]",
        "\"data_path\":\"MOUNT/mice.slp\",\"model_paths\":[\"m\"]",
        "\"data_path\":\"MOUNT/mice.slp\"",
        "\"model_paths\":[\"MOUNT/m\"]",
        BOTH + ",\"output_path\":\"/tmp/p.slp\"",
        BOTH + ",\"output_path\":\"MOUNT/no/such/p.slp\"",
        BOTH + ",\"output_path\":\"MOUNT/m/best.ckpt\"",
        BOTH + ",\"frame_filter\":\"random\"",
        BOTH + ",\"frame_filter\":\"user\",\"only_suggested_frames\":true",
      })
  void whatLeavesTheMountsOrMakesNoSenseIsRefused(String parameters) throws Exception {
    JobResult result = run(parameters);
    assertThat(result.succeeded()).isFalse();
    assertThat(result.reason()).isNotBlank();
    assertThat(result.outputs()).isEmpty();
    assertThat(context.started()).isEmpty();
  }

  @Test
  void aWorkerWithoutMountsSaysSo() throws Exception {
    context.withParameters("{\"data_path\":\"/a.slp\",\"model_paths\":[\"/m\"]}");
    assertThat(new TrackJobType(ArchiveLimits.DEFAULT).run(context).reason())
        .contains("'data_path'")
        .contains("has no mounts");
  }

  private JobResult runScript(String data, String model) throws Exception {
    Path zip =
        new ZipFile()
            .with(
                "track-script.sh",
                "sleap-nn track --data_path '%s' --model_paths models/own --model_paths '%s' -o p.slp\n"
                    .formatted(data, model))
            .with("models/own/best.ckpt", "weights")
            .write(directory.resolve("track.zip"));
    TrackJobType type = new TrackJobType(ArchiveLimits.DEFAULT).withMounts(mounts);
    return type.run(context.withParameters("{}").withInput(zip));
  }

  @Test
  void aPackageThatLiesInAMountIsTrackedAsOneThatWasSent() throws Exception {
    Path outside = zip(directory.resolve("other.zip"));
    Files.copy(outside, mount.resolve("p.zip"));
    Files.createSymbolicLink(mount.resolve("link.zip"), outside);
    assertThat(run("\"package\":\"MOUNT/link.zip\"").reason()).contains("'package'");
    assertThat(run("\"package\":\"MOUNT/p.zip\",\"data_path\":\"MOUNT/x.slp\"").reason())
        .contains("'package'");
    JobResult result = run("\"package\":\"MOUNT/p.zip\"");
    assertThat(result.reason()).isEmpty();
    assertThat(result.succeeded()).isTrue();
    assertThat(context.workDirectory().resolve("package.zip")).doesNotExist();
  }

  private static Path zip(Path file) throws IOException {
    return new ZipFile()
        .with(
            "track-script.sh", "sleap-nn track --data_path a.slp --model_paths models/m -o p.slp\n")
        .with("a.slp", "labels")
        .with("models/m/training_config.yaml", "x: 1\n")
        .with("models/m/best.ckpt", "weights")
        .write(file);
  }

  @Test
  void aPackageMayNameDataAndModelsOfTheWorker() throws Exception {
    JobResult result =
        runScript(mount.resolve("mice.slp").toString(), mount.resolve("m").toString());
    assertThat(result.reason()).isEmpty();
    assertThat(arguments())
        .startsWith("track", "--data_path", mount.resolve("mice.slp").toString())
        .containsSubsequence(
            "--model_paths", "models/own", "--model_paths", mount.resolve("m").toString());
    assertThat(result.outputs()).containsOnlyKeys("p.slp");
  }

  @Test
  void aPackageDoesNotNameWhatIsOutsideOfTheMounts() throws Exception {
    Path outside = Files.writeString(directory.resolve("secret.slp"), "secret");
    Path link = Files.createSymbolicLink(mount.resolve("link.slp"), outside);
    String model = mount.resolve("m").toString();
    assertThat(Files.readString(link)).as("the tracker could read it").isEqualTo("secret");
    for (String data : List.of(outside.toString(), link.toString(), mount + "/../../secret.slp")) {
      assertThat(runScript(data, model).reason()).contains("'--data_path'");
    }
    assertThat(runScript(mount + "/mice.slp", directory.toString()).reason())
        .contains("'--model_paths'");
    assertThat(directory.resolve("job/arguments")).doesNotExist();
  }
}
