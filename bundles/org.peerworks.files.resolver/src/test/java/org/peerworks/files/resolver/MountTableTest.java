package org.peerworks.files.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.Mount;

final class MountTableTest {

  @TempDir Path top;

  private TestFiles files;

  private TestFiles start(TestFiles.Settings settings) throws IOException {
    stop();
    files = new TestFiles(top, settings);
    return files;
  }

  @AfterEach
  void stop() {
    if (files != null) {
      files.close();
    }
  }

  private List<String> labels() {
    return files.mounts.mounts().stream().map(Mount::label).toList();
  }

  @Test
  void relativeMountsAndPathsStartFromTheWorkingDirectory() throws IOException {
    Files.createDirectories(top.resolve("work/here"));
    TestFiles.Settings settings = new TestFiles.Settings();
    settings.more.add("here");
    settings.more.add("named=here/../here");
    assertThatThrownBy(() -> start(settings)).hasMessageContaining("workingDirectory");
    settings.workingDirectory = top.resolve("work").toString();
    start(settings);
    assertThat(labels()).containsExactly("lab", "archive", "here", "named");
    assertThat(files.mounts.workingDirectory()).isEqualTo(top.resolve("work"));
    TestFiles.file(top.resolve("work/here/fly.slp"), "x");
    assertThat(files.mounts.require("here/fly.slp"))
        .isEqualTo(top.toRealPath().resolve("work/here/fly.slp"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lab=/tmp", "LAB=/tmp", "all=/tmp", "=/tmp", "a::b=/tmp", "x="})
  void aMountThatCannotBeIsNamed(String line) {
    TestFiles.Settings settings = new TestFiles.Settings();
    settings.more.add(line);
    assertThatThrownBy(() -> start(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mount");
  }

  @Test
  void aLineOfTheConfigurationHoldsSeveralMounts() throws IOException {
    Files.createDirectories(top.resolve("one"));
    TestFiles.Settings settings = new TestFiles.Settings();
    settings.more.add("a=" + top.resolve("one") + ", " + top.resolve("two") + ",");
    start(settings);
    assertThat(labels()).containsExactly("lab", "archive", "a", "two");
  }

  @Test
  void mountsOfSleapRtcAreTakenToo() throws IOException {
    Path vast = Files.createDirectories(top.resolve("vast"));
    TestFiles.file(
        top.resolve("sleap-rtc.toml"),
        """
        [worker.io]
        working_dir = "%s"
        [[worker.io.mounts]]
        path = "%s"
        label = "vast"
        [[worker.io.mounts]]
        path = "%s"
        label = "lab"
        """
            .formatted(top, vast, vast));
    TestFiles.Settings settings = new TestFiles.Settings();
    start(settings);
    assertThat(labels()).containsExactly("lab", "archive");
    settings.sleapRtc = true;
    start(settings);
    assertThat(labels())
        .as("the first of two labels counts")
        .containsExactly("lab", "archive", "vast");
    assertThat(files.mounts.workingDirectory()).isEqualTo(top);
    TestFiles.file(vast.resolve("fly.slp"), "x");
    assertThat(files.mounts.require("vast/fly.slp")).exists();
  }

  @Test
  void whatACommandAddsIsThereAtOnceAndAfterARestart() throws IOException {
    Path more = Files.createDirectories(top.resolve("more"));
    TestFiles.file(more.resolve("fly.slp"), "x");
    start(new TestFiles.Settings());
    assertThatThrownBy(() -> files.mounts.require(more + "/fly.slp"))
        .isInstanceOf(FileAccessException.class);
    files.table.add("more", more.toString());
    assertThat(files.mounts.require(more + "/fly.slp")).exists();
    assertThatThrownBy(() -> files.table.add("more", more.toString()))
        .hasMessageContaining("label");
    assertThatThrownBy(() -> files.table.add("gone", top + "/gone")).hasMessageContaining("gone");
    start(new TestFiles.Settings());
    assertThat(labels()).containsExactly("lab", "archive", "more");
    assertThatThrownBy(() -> files.table.remove("lab")).hasMessageContaining("configuration");
    files.table.remove("more");
    assertThatThrownBy(() -> files.mounts.require(more + "/fly.slp"))
        .isInstanceOf(FileAccessException.class);
    assertThatThrownBy(() -> files.table.remove("more")).isInstanceOf(FileAccessException.class);
    start(new TestFiles.Settings());
    assertThat(labels()).containsExactly("lab", "archive");
  }

  @Test
  void anAddedMountWhoseLabelIsConfiguredNowIsLeftOut() throws IOException {
    Path more = Files.createDirectories(top.resolve("more"));
    start(new TestFiles.Settings());
    files.table.add("more", more.toString());
    TestFiles.Settings settings = new TestFiles.Settings();
    settings.more.add("More=" + more);
    start(settings);
    assertThat(labels()).containsExactly("lab", "archive", "More");
    files.table.remove("more");
    assertThat(labels()).containsExactly("lab", "archive", "More");
    start(new TestFiles.Settings());
    assertThat(labels()).containsExactly("lab", "archive");
  }

  @Test
  void aDamagedListOfAddedMountsIsNamed() throws IOException {
    TestFiles.file(top.resolve("data/files/mounts.json"), "{nonsense");
    assertThatThrownBy(() -> start(new TestFiles.Settings())).hasMessageContaining("mounts.json");
  }

  @Test
  void aMountThatIsALinkIsTakenByBothItsNames() throws IOException {
    Path real = Files.createDirectories(top.resolve("real"));
    TestFiles.file(real.resolve("fly.slp"), "x");
    Path link = Files.createSymbolicLink(top.resolve("link"), real);
    TestFiles.Settings settings = new TestFiles.Settings();
    settings.more.add("link=" + link);
    start(settings);
    Path expected = real.toRealPath().resolve("fly.slp");
    assertThat(files.mounts.require(link + "/fly.slp")).isEqualTo(expected);
    assertThat(TestFiles.get(files.resolver.info()).mounts().get(2).mount())
        .as("as the paths of what is in it begin")
        .isEqualTo(new Mount("link", real.toRealPath().toString()));
    assertThat(files.mounts.require(expected.toString())).isEqualTo(expected);
    Path other = Files.createDirectories(top.resolve("other"));
    TestFiles.file(other.resolve("bee.slp"), "x");
    Files.delete(link);
    Files.createSymbolicLink(link, other);
    assertThat(files.mounts.require(link + "/bee.slp")).exists();
    assertThatThrownBy(() -> files.mounts.require(expected.toString()))
        .as("compared with where the mount is now")
        .isInstanceOf(FileAccessException.class);
  }
}
