package org.peerworks.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.testkit.RealContext;
import org.peerworks.job.testkit.ZipFile;
import org.peerworks.lib.files.ArchiveLimits;

/** Packages that a job is not done with: each is named, and nothing of it is left. */
class TrainRefusalTest {

  @TempDir Path directory;
  private RealContext context;
  private final TrainJobType type = new TrainJobType(new ArchiveLimits(100, 1 << 24, 50), false);

  @BeforeEach
  void makeJob() throws IOException {
    context = new RealContext(directory).withProgram("echo started >> HERE/started");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rm -rf /",
        "sleap-nn track --data_path labels.v001.pkg.slp",
        "sleap-nn train",
        "sleap-nn train --config-name missing.yaml",
        "sleap-nn train --config-name ../centroid.yaml",
        "sleap-nn train --config-name centroid.yaml --config-dir /etc",
        "sleap-nn train --config-name centroid.yaml --multirun",
        "sleap-nn train --config-name centroid.yaml hydra.run.dir=x",
        "sleap-nn train --config-name centroid.yaml trainer_config.resume_ckpt_path=/etc/passwd",
        "sleap-nn train --config-name centroid.yaml model_config.pretrained_head_weights=no.ckpt",
        "sleap-nn train --config-name centroid.yaml --video-paths /etc/passwd",
        "sleap-nn train --config-name centroid.yaml --prefix-map /a ..",
        "# nothing",
      })
  void aBadScriptIsRefusedAndLeavesNothing(String script) throws Exception {
    context.withInput(
        SleapPackage.zip().with("train-script.sh", script).write(context.input("p.zip")));

    JobResult result = type.run(context);

    assertThat(result.succeeded()).isFalse();
    assertThat(result.reason()).isNotBlank();
    assertThat(result.document()).isEqualTo("{\"models\":[]}");
    assertThat(context.started()).isEmpty();
    assertThat(context.workDirectory()).isEmptyDirectory();
    assertThat(context.outputDirectory()).isEmptyDirectory();
  }

  @Test
  void missingLabelsAreNamed() throws Exception {
    context.withInput(
        new ZipFile()
            .with("train-script.sh", "sleap-nn train --config-name centroid.yaml")
            .with("centroid.yaml", SleapPackage.CONFIG)
            .write(context.input("p.zip")));

    assertThat(type.run(context).reason())
        .isEqualTo(
            "The configuration 'centroid.yaml' wants labels that are not in the package:"
                + " 'data_config.train_labels_path' is '/home/me/labels.slp', but the package has no"
                + " .slp file.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.slp b.slp a.yaml",
        "a.slp",
        "a.yaml",
        "a.zip b.zip",
        "a.slp a.txt",
        "a.slp a.yml a.yaml",
        ""
      })
  void otherInputsAreRefused(String names) throws Exception {
    for (String name : names.isEmpty() ? List.<String>of() : List.of(names.split(" "))) {
      context.withInput(file(name, SleapPackage.CONFIG));
    }

    JobResult result = type.run(context);

    assertThat(result.succeeded()).isFalse();
    assertThat(result.reason())
        .containsAnyOf("A training job takes one .zip package, or one .slp", "Two configurations");
  }

  @Test
  void anOrderOfConfigurationsThatWereNotSentIsRefused() throws Exception {
    context
        .withInput(file("labels.slp", "x"))
        .withInput(file("a.yaml", SleapPackage.CONFIG))
        .withParameters("{\"configs\":[\"b.yaml\"]}");

    assertThat(type.run(context).reason())
        .isEqualTo("'configs' names 'b.yaml', but no such file was sent.");
  }

  @Test
  void aWrongConfigurationIsRefusedWithFileAndLine() throws Exception {
    context.withInput(
        SleapPackage.zip()
            .with("centered_instance.yaml", "data_config:\n  a: [1\nb: 2\n")
            .write(context.input("p.zip")));

    JobResult result = type.run(context);

    assertThat(result.reason())
        .startsWith("The configuration 'centered_instance.yaml', line 3 is not valid YAML: ");
    assertThat(context.started()).isEmpty();
    assertThat(context.workDirectory()).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil.yaml", "/evil.yaml", "a/../../evil.yaml"})
  void anArchiveThatLeavesItsFolderIsRefused(String entry) throws Exception {
    context.withInput(SleapPackage.zip().with(entry, "x").write(context.input("p.zip")));

    assertRefused("evil.yaml");
    assertThat(directory.resolve("evil.yaml")).doesNotExist();
  }

  @Test
  void aLinkIsRefusedByName() throws Exception {
    Path zip = new ZipFile().with("labels.slp", "/etc/passwd").write(context.input("p.zip"));
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(zip)).order(ByteOrder.LITTLE_ENDIAN);
    int header =
        bytes.getInt(bytes.capacity() - 6); // PKWARE APPNOTE 4.3.16: start of the directory
    bytes.put(header + 5, (byte) 3); // made by Unix
    bytes.putInt(header + 38, 0120777 << 16); // mode of a symbolic link
    Files.write(zip, bytes.array());
    context.withInput(zip);

    assertRefused("labels.slp");
  }

  @Test
  void aBombIsRefused() throws Exception {
    context.withInput(
        SleapPackage.zip().with("bomb.slp", "0".repeat(8 << 20)).write(context.input("p.zip")));

    assertRefused("bomb.slp");
  }

  @Test
  void aTruncatedArchiveIsRefused() throws Exception {
    Path zip = SleapPackage.zip().write(context.input("p.zip"));
    byte[] bytes = Files.readAllBytes(zip);
    try (OutputStream out = Files.newOutputStream(zip)) {
      out.write(bytes, 0, bytes.length / 2);
    }
    context.withInput(zip);

    assertRefused("p.zip");
  }

  private void assertRefused(String named) throws Exception {
    JobResult result = type.run(context);
    assertThat(result.succeeded()).isFalse();
    assertThat(result.reason()).startsWith("The package 'p.zip' is refused: ").contains(named);
    assertThat(context.started()).isEmpty();
    assertThat(context.workDirectory()).isEmptyDirectory();
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(context.input(name), content);
  }
}
