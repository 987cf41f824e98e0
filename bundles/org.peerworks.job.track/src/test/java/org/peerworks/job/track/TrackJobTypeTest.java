package org.peerworks.job.track;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.Progress;
import org.peerworks.job.testkit.RealContext;
import org.peerworks.job.testkit.ZipFile;
import org.peerworks.lib.files.ArchiveLimits;

class TrackJobTypeTest {

  /** Copies its arguments to the output; fails if there is a file {@code fail}. */
  private static final String TRACKER =
      """
      pwd > HERE/where
      for a; do printf '%s\\n' "$a"; [ "$last" = -o ] && out=$a; last=$a; done > HERE/arguments
      echo "Tracked 20/40 frames"
      echo "Tracked 40/40 frames"
      if [ -e HERE/fail ]; then
        printf 'Traceback (most recent call last):\\n  File "x"\\nValueError: no such node\\n'
        exit 1
      fi
      cat HERE/arguments > "$out"
      """;

  private static final String SCRIPT =
      """
      #!/bin/bash
      # Auto-generated inference script for sleap-nn track

      sleap-nn track \\
        --data_path labels.v929.slp \\
        --only_suggested_frames \\
        --model_paths models/centroid_251024_152308 \\
        --model_paths models/centered_instance_251024_152308 \\
        -o predictions.slp
      """;

  @TempDir Path directory;
  private RealContext context;
  private final TrackJobType type = new TrackJobType(ArchiveLimits.DEFAULT);

  @BeforeEach
  void makeJob() throws IOException {
    context = new RealContext(directory).withProgram(TRACKER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "track_package/"})
  void tracksAPackageOfSleap(String folder) throws Exception {
    context.withInput(sleapPackage(SCRIPT).write(context.input("track_package.zip"), folder));

    JobResult result = type.run(context);

    assertThat(result.reason()).isEmpty();
    assertThat(result.succeeded()).isTrue();
    Path output = context.outputDirectory().resolve("predictions.slp");
    assertThat(result.outputs()).containsOnlyKeys("predictions.slp").containsValue(output);
    assertThat(Files.readAllLines(output))
        .containsExactly(
            "track",
            "--data_path",
            "labels.v929.slp",
            "--only_suggested_frames",
            "--model_paths",
            "models/centroid_251024_152308",
            "--model_paths",
            "models/centered_instance_251024_152308",
            "-o",
            output.toString());
    assertThat(Path.of(Files.readString(directory.resolve("where")).strip()).resolve("models"))
        .isDirectory();
    JsonNode document = new ObjectMapper().readTree(result.document());
    assertThat(document.get("predictions").asText()).isEqualTo("predictions.slp");
    assertThat(document.get("seconds").asDouble()).isNotNegative();
    Progress last = context.reports().get(context.reports().size() - 1);
    assertThat(last).isEqualTo(new Progress(40, 40, "frame", "frame 40 of 40"));
  }

  @Test
  void allFramesAreTrackedIfTheScriptDoesNotSayOtherwise() throws Exception {
    context.withInput(
        sleapPackage(SCRIPT.replace("  --only_suggested_frames \\\n", ""))
            .write(context.input("p.zip")));

    assertThat(type.run(context).succeeded()).isTrue();
    assertThat(Files.readAllLines(directory.resolve("arguments")))
        .doesNotContain("--only_suggested_frames")
        .contains("--data_path");
  }

  @ParameterizedTest
  @CsvSource({
    "--only_labeled_frames,labels.v929.predictions.slp",
    "-o out/mine.slp,mine.slp",
    "--output_path='my file.slp',my file.slp",
  })
  void predictionsComeBackUnderTheirPlainName(String option, String name) throws Exception {
    context.withInput(sleapPackage(command(option)).write(context.input("p.zip")));

    JobResult result = type.run(context);

    assertThat(result.reason()).isEmpty();
    assertThat(result.outputs()).containsOnlyKeys(name);
    assertThat(result.outputs().get(name))
        .isEqualTo(context.outputDirectory().resolve(name))
        .exists();
  }

  @Test
  void knownOptionsArePassedOn() throws Exception {
    String options =
        "-t --batch_size=8 -n 2 --frames 0-100,200-300 --device cuda:0 --peak_threshold .3"
            + " --tracking_window_size 5 --features image --gui";
    context.withInput(sleapPackage(command(options)).write(context.input("p.zip")));

    assertThat(type.run(context).reason()).isEmpty();
    assertThat(Files.readAllLines(directory.resolve("arguments")))
        .containsSequence(
            "--tracking",
            "--batch_size",
            "8",
            "--max_instances",
            "2",
            "--frames",
            "0-100,200-300",
            "--device",
            "cuda:0",
            "--peak_threshold",
            ".3",
            "--tracking_window_size",
            "5",
            "--features",
            "image",
            "--gui");
  }

  @Test
  void severalCommandsAreStepsInOrder() throws Exception {
    context.withInput(
        sleapPackage(command("-o a.slp") + "\n" + command("-o b.slp"))
            .write(context.input("p.zip")));

    JobResult result = type.run(context);

    assertThat(context.started()).containsExactly("track-1", "track-2");
    assertThat(result.outputs()).containsOnlyKeys("a.slp", "b.slp");
    assertThat(result.document()).contains("\"predictions\":\"a.slp\"", "[\"a.slp\",\"b.slp\"]");
  }

  @Test
  void theTrackersErrorIsTheReason() throws Exception {
    Files.writeString(directory.resolve("fail"), "");
    context.withInput(sleapPackage(SCRIPT).write(context.input("p.zip")));

    JobResult first = type.run(context);
    JobResult second = type.run(context);

    assertThat(first.succeeded()).isFalse();
    assertThat(first.reason())
        .isEqualTo("Tracking failed: ValueError: no such node (exit status 1).");
    assertThat(first.outputs()).isEmpty();
    assertThat(second.reason()).isEqualTo(first.reason());
    assertThat(context.started()).hasSize(1);
  }

  @Test
  void aTrackerThatWritesNothingFails() throws Exception {
    context.withProgram("exit 0").withInput(sleapPackage(SCRIPT).write(context.input("p.zip")));

    assertThat(type.run(context).reason())
        .isEqualTo("Tracking ended well, but wrote no predictions to 'predictions.slp'.");
  }

  @Test
  void aWorkerWithoutATrackerSaysSo() throws Exception {
    Files.delete(directory.resolve("sleap-nn"));
    context.withInput(sleapPackage(SCRIPT).write(context.input("p.zip")));

    assertThat(type.run(context).reason())
        .isEqualTo("No program 'sleap-nn' on this worker. Install it.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sleap-nn track -i no.slp -m models/centroid_251024_152308;The package has no 'no.slp'",
        "sleap-nn track -i models -m models/centroid_251024_152308;'models' in the package is no file",
        "sleap-nn track -i labels.v929.slp -m models/no;The package has no 'models/no'",
        "sleap-nn track -i labels.v929.slp -m /models/a;'/models/a' is a path of this worker, which has no mounts",
        "sleap-nn track -i labels.v929.slp -m ../models;'../models' is no path inside",
        "sleap-nn track -i /etc/passwd -m models;'/etc/passwd' is a path of this worker, which has no mounts",
        "sleap-nn track -i labels.v929.slp -m models -o /tmp/x.slp;'/tmp/x.slp' is no path inside",
        "sleap-nn track -i labels.v929.slp -m models -o ../x.slp;'../x.slp' is no path inside",
        "sleap-nn track -i labels.v929.slp -m models -o .x.slp;has an output that cannot be returned",
        "sleap-nn track -i labels.v929.slp -m models --head_ckpt_path /x;'/x' is no path inside",
        "sleap-nn track -i labels.v929.slp -m models --anchor_part ..;outside of the package",
        "sleap-nn track -i labels.v929.slp -m models --evil;does not know the option '--evil'",
        "sleap-nn track -i labels.v929.slp -m models more;has the stray word 'more'",
        "sleap-nn track -i labels.v929.slp;names no model",
        "sleap-nn track -m models;names no data",
        "sleap-nn train -c a.yaml;is no tracking",
        "sleap-nn track -i labels.v929.slp -m models | sh;uses '|'",
        "echo hello;runs 'echo'",
        "# nothing;has no 'sleap-nn track …' command",
      })
  void aBadScriptIsRefusedByNameAndLeavesNothing(String script, String reason) throws Exception {
    context.withInput(sleapPackage(script).write(context.input("p.zip")));

    JobResult result = type.run(context);

    assertThat(result.succeeded()).isFalse();
    assertThat(result.reason()).contains(reason);
    assertThat(context.started()).isEmpty();
    assertThat(context.workDirectory()).isEmptyDirectory();
    assertThat(context.outputDirectory()).isEmptyDirectory();
  }

  @Test
  void twoCommandsMayNotWriteTheSameFile() throws Exception {
    context.withInput(sleapPackage(command("") + "\n" + command("")).write(context.input("p.zip")));

    assertThat(type.run(context).reason()).startsWith("Two commands of 'track-script.sh' write");
  }

  @Test
  void otherInputsAreRefused() throws Exception {
    context.withInput(Files.writeString(context.input("labels.slp"), "x"));

    assertThat(type.run(context).reason())
        .isEqualTo(
            "A tracking job takes one .zip package with 'track-script.sh'; found 1 files:"
                + " 'labels.slp'.");
  }

  private static String command(String options) {
    return "sleap-nn track -i labels.v929.slp -m models/centroid_251024_152308 " + options;
  }

  private static ZipFile sleapPackage(String script) {
    return new ZipFile()
        .with("track-script.sh", script)
        .with("labels.v929.slp", "x")
        .with("models/centroid_251024_152308/best.ckpt", "x")
        .with("models/centered_instance_251024_152308/best.ckpt", "x");
  }
}
