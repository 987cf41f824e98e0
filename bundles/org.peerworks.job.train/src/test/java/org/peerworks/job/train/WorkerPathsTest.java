package org.peerworks.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.testkit.DirectoryMounts;
import org.peerworks.job.testkit.RealContext;
import org.peerworks.job.testkit.ZipFile;
import org.peerworks.lib.files.ArchiveLimits;
import org.peerworks.lib.slp.Instance;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Node;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.Skeleton;
import org.peerworks.lib.slp.SlpWriter;
import org.peerworks.lib.slp.Video;

/** Trainings on files of the worker, with the parameters of structured jobs. */
class WorkerPathsTest {

  /** Leaves a model of what it was told, and predictions if it is asked to track. */
  private static final String TRAINER =
      """
      verb=$1
      for a; do printf '%s\\n' "$a"; case "$a" in
        *trainer_config.ckpt_dir=*) ckpt=${a#*=};;
        *trainer_config.run_name=*) run=${a#*=};;
      esac; done > HERE/arguments
      if [ "$verb" = track ]; then
        cp HERE/arguments HERE/arguments-track
        [ -e HERE/no-suggestions ] && echo "ERROR: There is no frame to track." && exit 3
        echo "Tracked 1/1 frames"
        while [ "$1" != -o ]; do shift; done
        echo predictions > "$2"
        exit 0
      fi
      mkdir -p "$ckpt/$run"
      cp HERE/arguments "HERE/arguments-$run"
      echo weights > "$ckpt/$run/best.ckpt"
      cp *.yaml "$ckpt/$run/"
      """;

  private static final String CONFIG =
      """
      data_config: {train_labels_path: null}
      model_config: {head_configs: {centroid: {confmaps: {sigma: 2}}, bottomup: null}}
      trainer_config: {max_epochs: 2, zmq: {publish_port: 9001}}
      """;

  @TempDir Path directory;
  private Path mount;
  private Path labels;
  private DirectoryMounts mounts;
  private RealContext context;

  @BeforeEach
  void makeJob() throws IOException {
    context = new RealContext(Files.createDirectory(directory.resolve("job")).toRealPath());
    context.withProgram(TRAINER);
    mount = Files.createDirectories(directory.resolve("vast/lab")).toRealPath();
    labels = Files.writeString(mount.resolve("mice.slp"), "labels");
    Files.writeString(mount.resolve("centroid.yaml"), CONFIG);
    mounts = new DirectoryMounts(mount.getParent());
  }

  private TrainJobType type() {
    return new TrainJobType(ArchiveLimits.DEFAULT, false).withMounts(mounts);
  }

  private JobResult run(String parameters) throws Exception {
    return type().run(context.withParameters(parameters.replace("MOUNT", mount.toString())));
  }

  private List<String> arguments(String run) throws IOException {
    return Files.readAllLines(directory.resolve("job/arguments-" + run)).stream()
        .map(argument -> argument.replaceFirst("_port=\\d+$", "_port=PORT"))
        .toList();
  }

  private static JsonNode document(JobResult result) throws IOException {
    return new ObjectMapper().readTree(result.document());
  }

  @Test
  void aTrainingOnFilesOfTheWorkerIsCommandedAsSleapRtcDoes() throws Exception {
    Files.createDirectories(mount.resolve("models/old"));
    JobResult result =
        run(
            """
            {"labels":"MOUNT/mice.slp","configs":["MOUNT/centroid.yaml"],
             "val_labels":"MOUNT/mice.slp","max_epochs":7,"batch_size":4,"learning_rate":0.0001,
             "run_name":"first.run-1","resume_ckpt_path":"MOUNT/models/old"}
            """);
    assertThat(result.reason()).isEmpty();
    assertThat(arguments("first.run-1"))
        .containsExactly(
            "train",
            "--config-name",
            "centroid.yaml",
            "--config-dir",
            ".",
            "data_config.train_labels_path=[" + labels + "]",
            "++data_config.val_labels_path=[" + labels + "]",
            "trainer_config.max_epochs=7",
            "++trainer_config.train_data_loader.batch_size=4",
            "++trainer_config.val_data_loader.batch_size=4",
            "++trainer_config.optimizer.lr=1.0E-4",
            "++trainer_config.ckpt_dir=models",
            "++trainer_config.run_name=first.run-1",
            "++trainer_config.resume_ckpt_path=" + mount.resolve("models/old"),
            "++trainer_config.zmq.controller_port=PORT",
            "++trainer_config.zmq.publish_port=PORT");
  }

  @Test
  void theModelGoesBesideTheLabelsAndComesBackToo() throws Exception {
    String parameters =
        "{\"labels\":\"MOUNT/mice.slp\",\"configs\":[\"MOUNT/centroid.yaml\"],\"run_name\":\"r\"}";
    Files.createDirectories(mount.resolve("models/r"));
    JobResult result = run(parameters);
    assertThat(result.reason()).isEmpty();
    assertThat(mount.resolve("models/r")).isEmptyDirectory();
    assertThat(mount.resolve("models/r-2/best.ckpt")).hasContent("weights");
    assertThat(ZipFile.read(result.outputs().get("trained_mice.zip")))
        .containsEntry("r/best.ckpt", "weights");
    JsonNode model = document(result).get("models").get(0);
    assertThat(model.get("path").asText()).isEqualTo(mount.resolve("models/r-2").toString());
    assertThat(model.get("model_type").asText()).isEqualTo("centroid");

    assertThat(run(parameters).document()).as("when it is run again").isEqualTo(result.document());
    assertThat(mount.resolve("models/r-3")).doesNotExist();
  }

  @Test
  void aMountThatCannotBeWrittenLeavesTheModelToTheJob() throws Exception {
    mounts.readOnly();
    JobResult result =
        run("{\"labels\":\"MOUNT/mice.slp\",\"configs\":[\"MOUNT/centroid.yaml\"],\"infer\":true}");
    assertThat(result.reason()).isEmpty();
    assertThat(result.outputs()).containsOnlyKeys("trained_mice.zip", "mice.predictions.slp");
    assertThat(document(result).get("models").get(0).has("path")).isFalse();
    assertThat(context.lines()).anyMatch(line -> line.contains("not put beside the labels"));
    assertThat(mount).isDirectoryNotContaining("glob:**models");
  }

  @Test
  void severalModelsAreTrainedAndTheSuggestedFramesAreTrackedWithThem() throws Exception {
    Files.writeString(mount.resolve("mice.predictions.slp"), "of somebody else");
    context.withInput(
        Files.writeString(
            context.input("config_2.yaml"), CONFIG.replace("centroid", "centered_instance")));
    JobResult result =
        run(
            """
            {"labels":"MOUNT/mice.slp","configs":["MOUNT/centroid.yaml","config_2.yaml"],
             "model_types":["centroid"],"infer":true}
            """);
    assertThat(result.reason()).isEmpty();
    String first = "centroid_20261121_101500";
    String second = "centered_instance_20261121_101500";
    assertThat(context.started()).hasSize(3).last().isEqualTo("inference");
    assertThat(arguments("track"))
        .containsExactly(
            "track",
            "--data_path",
            labels.toString(),
            "--model_paths",
            "models/" + first,
            "--model_paths",
            "models/" + second,
            "-o",
            context.outputDirectory().resolve("mice.predictions.slp").toString(),
            "--only_suggested_frames");
    assertThat(result.outputs()).containsOnlyKeys("trained_mice.zip", "mice.predictions.slp");
    JsonNode inference = document(result).get("inference");
    assertThat(inference.get("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(inference.get("predictions").asText()).isEqualTo("mice.predictions.slp");
    assertThat(Path.of(inference.get("path").asText())).hasContent("predictions");
    assertThat(mount.resolve("mice.predictions.slp")).hasContent("of somebody else");
    assertThat(context.reports()).last().satisfies(p -> assertThat(p.unit()).isEqualTo("frame"));
  }

  @Test
  void inferenceThatFailsIsToldAndTheTrainingSucceeded() throws Exception {
    Files.createFile(directory.resolve("job/no-suggestions"));
    JobResult result =
        run("{\"labels\":\"MOUNT/mice.slp\",\"configs\":[\"MOUNT/centroid.yaml\"],\"infer\":true}");
    assertThat(result.succeeded()).isTrue();
    assertThat(result.outputs()).containsOnlyKeys("trained_mice.zip");
    JsonNode inference = document(result).get("inference");
    assertThat(inference.get("state").asText()).isEqualTo("FAILED");
    assertThat(inference.get("reason").asText()).contains("There is no frame to track");
  }

  @Test
  void pathsInConfigurationsAreMappedAndResolved() throws Exception {
    Files.writeString(mount.resolve("val.slp"), "x");
    Files.createSymbolicLink(mount.resolve("link.slp"), mount.resolve("mice.slp"));
    Files.writeString(
        mount.resolve("mapped.yaml"),
        """
        data_config:
          train_labels_path: ["C:\\\\Users\\\\me\\\\data\\\\link.slp"]
          val_labels_path: [val.slp]
        trainer_config: {ckpt_dir: /home/me/models, run_name: "../x"}
        """);
    JobResult result =
        run(
            """
            {"configs":["MOUNT/mapped.yaml"],"run_name":"r",
             "path_mappings":{"C:\\\\Users\\\\me":"/wrong","C:\\\\Users\\\\me\\\\data":"MOUNT"}}
            """);
    assertThat(result.reason()).isEmpty();
    assertThat(result.outputs()).containsOnlyKeys("trained_mice.zip");
    assertThat(mount.resolve("models/r/mapped.yaml"))
        .content()
        .contains("\"" + labels + "\"")
        .contains("\"" + mount.resolve("val.slp") + "\"")
        .doesNotContain("Users");
    assertThat(arguments("r")).contains("trainer_config.ckpt_dir=models");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data_config: {train_labels_path: [OUT]}",
        "data_config: {train_labels_path: [LINK]}",
        "data_config: {train_labels_path: [MOUNT/../../out.slp]}",
        "data_config: {val_labels_path: OUT}",
        "data_config: {video_paths: [/etc/passwd]}",
        "data_config: {anything: {deep: [[OUT]]}}",
        "model_config: {pretrained_backbone_weights: OUT}",
        "trainer_config: {resume_ckpt_path: ../../out.slp}",
        "trainer_config: {resume_ckpt_path: OLD/out.slp}",
        "trainer_config: {some_path: '~/x'}",
        "trainer_config: {some_path: 'file:///etc/passwd'}",
        "data_config: {train_labels_path: ['${oc.env:HOME}']}",
        "data_config: {train_labels_path: [not-sent.slp]}",
      })
  void aConfigurationThatWasSentMayNotLeaveTheMountsEither(String config) throws Exception {
    Path out = Files.writeString(directory.resolve("out.slp"), "secret").toRealPath();
    Files.createSymbolicLink(mount.resolve("leads-out.slp"), out);
    for (String way : List.of(out.toString(), mount + "/leads-out.slp", mount + "/../../out.slp")) {
      assertThat(Files.readString(Path.of(way))).as("without the check").isEqualTo("secret");
    }
    String text =
        config
            .replace("OUT", out.toString())
            .replace("LINK", mount + "/leads-out.slp")
            .replace("MOUNT", mount.toString());
    String parameters =
        "{\"configs\":[\"CONFIG\"],\"path_mappings\":{\"OLD\":\"" + directory + "\"}}";
    Files.writeString(context.input("c.yaml"), text);
    context.withInput(context.input("c.yaml"));
    assertRefused(parameters.replace("CONFIG", "c.yaml"));
    Files.writeString(mount.resolve("c.yaml"), text);
    assertRefused(parameters.replace("CONFIG", "MOUNT/c.yaml"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"labels\":\"/etc/passwd.slp\",\"configs\":[\"MOUNT/centroid.yaml\"]}",
        "{\"labels\":\"MOUNT/missing.slp\",\"configs\":[\"MOUNT/centroid.yaml\"]}",
        "{\"labels\":\"MOUNT\",\"configs\":[\"MOUNT/centroid.yaml\"]}",
        "{\"labels\":\"mice.slp\",\"configs\":[\"MOUNT/centroid.yaml\"]}",
        "{\"labels\":\"MOUNT/../../../etc/x.slp\",\"configs\":[\"MOUNT/centroid.yaml\"]}",
        "{\"labels\":\"MOUNT/mice.slp\",\"configs\":[\"/etc/x.yaml\"]}",
        "{\"labels\":\"MOUNT/mice.slp\",\"configs\":[\"not-sent.yaml\"]}",
        "{\"labels\":\"MOUNT/mice.slp\",\"configs\":[\"MOUNT/mice.slp.yaml\"]}",
        "{\"labels\":\"MOUNT/mice.slp\"}",
        "{\"labels\":\"MOUNT/mice.slp\",\"configs\":[\"MOUNT/centroid.yaml\"],\"run_name\":\"../x\"}",
        "{\"labels\":\"MOUNT/mice.slp\",\"configs\":[\"MOUNT/centroid.yaml\"],\"run_name\":\"a/b\"}",
        "{\"labels\":\"MOUNT/mice.slp\",\"configs\":[\"MOUNT/centroid.yaml\"],\"run_name\":\"-x\"}",
        "{\"labels\":\"MOUNT/mice.slp\",\"configs\":[\"MOUNT/centroid.yaml\"],"
            + "\"resume_ckpt_path\":\"/etc/passwd\"}",
        "{\"labels\":\"MOUNT/mice.slp\",\"configs\":[\"MOUNT/centroid.yaml\"],"
            + "\"resume_ckpt_path\":\"best.ckpt\"}",
      })
  void aPathOutsideOfTheMountsIsRefused(String parameters) throws Exception {
    assertRefused(parameters);
  }

  private void assertRefused(String parameters) throws Exception {
    JobResult result = run(parameters);
    assertThat(result.succeeded()).isFalse();
    assertThat(result.reason()).isNotBlank().doesNotContain("secret");
    assertThat(result.document()).isEqualTo("{\"models\":[]}");
    assertThat(context.started()).isEmpty();
    assertThat(context.workDirectory()).isEmptyDirectory();
    assertThat(mount.resolve("models")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../elsewhere/x", "..", "a/../../x"})
  void theNameOfARunLeadsNowhereElse(String name) throws Exception {
    Path models = Files.createDirectories(mount.resolve("models"));
    // As a trainer is called with a name that nobody has looked at.
    new ProcessBuilder(
            directory.resolve("job/sleap-nn").toString(),
            "train",
            "trainer_config.ckpt_dir=models",
            "trainer_config.run_name=" + name)
        .directory(mount.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("unchecked.log").toFile())
        .start()
        .waitFor();
    Path written = models.resolve(name).resolve("best.ckpt").toRealPath();
    assertThat(written).as("without the check").hasContent("weights");
    assertThat(written.startsWith(models)).as("%s is among the models", written).isFalse();
    Files.delete(written);

    assertRunRefused(name);

    assertThat(written).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tmp/x", "x\\n", ".x"})
  void theNameOfARunIsAPlainOne(String name) throws Exception {
    assertRunRefused(name);
  }

  private void assertRunRefused(String name) throws Exception {
    JobResult result =
        run(
            "{\"labels\":\"MOUNT/mice.slp\",\"configs\":[\"MOUNT/centroid.yaml\"],\"run_name\":\""
                + name
                + "\"}");
    assertThat(result.succeeded()).as(name).isFalse();
    assertThat(context.started()).isEmpty();
  }

  @Test
  void aWorkerWithoutMountsSaysSo() throws Exception {
    TrainJobType type = new TrainJobType(ArchiveLimits.DEFAULT, false);
    context.withParameters("{\"labels\":\"/a.slp\",\"configs\":[\"/a.yaml\"]}");
    assertThat(type.run(context).reason()).contains("'labels'").contains("has no mounts");
  }

  @Test
  void aPackageTakesNoMoreParameters() throws Exception {
    context.withInput(SleapPackage.zip().write(context.input("p.zip")));
    assertThat(run("{\"max_epochs\":3}").reason()).contains("'max_epochs' does not go with a zip");
  }

  private Path zip(Path zip) throws IOException {
    return new ZipFile()
        .with("train-script.sh", "sleap-nn train --config-name one.yaml --config-dir .\n")
        .with("one.yaml", "data_config: {train_labels_path: [l.slp]}\nmodel_config: {}\n")
        .with("l.slp", "labels")
        .write(zip);
  }

  /** Labels of one frame. */
  private static void slp(Path file, int animals) throws IOException {
    Instance animal = new Instance(0, List.of(new Point(1, 2, true, true)));
    SlpWriter.write(
        file,
        new Labels(
            List.of(new Skeleton("fly", List.of(new Node("nose", 1)), List.of(), List.of())),
            List.of(new Video("/media/arena.mp4", Optional.empty())),
            List.of(),
            List.of(new LabeledFrame(0, 1, Collections.nCopies(animals, animal), List.of())),
            List.of()),
        (video, frame) -> new byte[0]);
  }

  @Test
  void aPackageThatLiesInAMountIsTrainedAsOneThatWasSent() throws Exception {
    zip(mount.resolve("mice.zip"));
    JobResult result = run("{\"package\":\"MOUNT/mice.zip\"}");
    assertThat(result.reason()).isEmpty();
    assertThat(result.outputs()).containsOnlyKeys("trained_mice.zip");
    assertThat(context.workDirectory().resolve("package.zip")).doesNotExist();
    assertThat(run("{\"package\":\"MOUNT/mice.zip\"}").succeeded()).as("a second run").isTrue();
  }

  @Test
  void aPackageOutsideOfTheMountsIsRefused() throws Exception {
    Path outside = zip(directory.resolve("other.zip"));
    Files.createSymbolicLink(mount.resolve("link.zip"), outside);
    assertThat(Files.isReadable(mount.resolve("link.zip"))).as("it could be read").isTrue();
    for (String path : List.of(outside.toString(), "MOUNT/link.zip", "MOUNT/../../other.zip")) {
      assertThat(run("{\"package\":\"" + path + "\"}").reason()).contains("'package'");
    }
    assertThat(run("{\"package\":\"MOUNT/none.zip\"}").succeeded()).isFalse();
    assertThat(run("{\"package\":\"MOUNT/m.zip\",\"max_epochs\":3}").reason())
        .contains("'max_epochs' does not go with a zip");
  }

  @Test
  void labelsWithoutConfigurationsDecideWhatIsTrained() throws Exception {
    Path slp = mount.resolve("two.slp");
    slp(slp, 2);
    JobResult result = run("{\"labels\":\"MOUNT/two.slp\"}");
    assertThat(result.reason()).isEmpty();
    assertThat(document(result).path("models").findValuesAsText("model_type"))
        .containsExactly("centroid", "centered_instance");
    assertThat(context.lines()).anyMatch(line -> line.contains("At most 2 animals"));
  }

  @Test
  void labelsThatTeachNothingAreRefused() throws Exception {
    slp(mount.resolve("none.slp"), 0);
    assertThat(run("{\"labels\":\"MOUNT/none.slp\"}").reason()).contains("no labelled frames");
    assertThat(run("{\"labels\":\"MOUNT/mice.slp\"}").reason()).contains("mice.slp");
    assertThat(run("{\"infer\":true}").reason()).contains("no configuration");
  }
}
