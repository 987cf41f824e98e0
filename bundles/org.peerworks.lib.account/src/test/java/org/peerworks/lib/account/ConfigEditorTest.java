package org.peerworks.lib.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigEditorTest {

  private static final String COMMENTED =
      """
      # our lab, do not touch
      [environments.production] # live
      signaling_websocket = "ws://lab:8080"
      note = '''
      [[worker.io.mounts]]
      path = "not a mount"
      '''

      # the store
      [[worker.io.mounts]]
      path = "/vast" # fast
      label = "vast"

      # the archive
      [[worker.io.mounts]]
      path = "/tape"
      label = "tape"

      [plugin."a.b"]
      unknown = [1,
        2, # two
      ]
      """;

  @TempDir Path temporary;
  private Path file;
  private ConfigEditor editor;

  @BeforeEach
  void makeEditor() {
    file = temporary.resolve("folder/config.toml");
    editor = new ConfigEditor(file);
  }

  private void given(String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void aMountIsAddedBehindTheOthersAndNothingElseChanges() throws IOException {
    given(COMMENTED);

    editor.addMount(Path.of("/new \"place\""), "new");

    assertThat(file)
        .hasContent(
            COMMENTED.replace(
                "label = \"tape\"\n",
                "label = \"tape\"\n\n[[worker.io.mounts]]\npath = \"/new \\\"place\\\"\"\nlabel = \"new\"\n"));
    assertThat(editor.mounts())
        .extracting(mount -> mount.get("label"))
        .containsExactly("vast", "tape", "new");
  }

  @Test
  void aMountIsRemovedByLabelOrPathAndRemarksStay() throws IOException {
    given(COMMENTED);

    assertThat(editor.removeMount("vast")).isEqualTo(1);

    assertThat(file)
        .hasContent(
            COMMENTED.replace(
                "[[worker.io.mounts]]\npath = \"/vast\" # fast\nlabel = \"vast\"\n", ""));
    assertThat(editor.removeMount("/tape")).isEqualTo(1);
    assertThat(editor.mounts()).isEmpty();
    assertThat(Files.readString(file))
        .contains("# the archive")
        .contains("2, # two")
        .contains("not a mount");
  }

  @Test
  void whatIsNotThereIsNotRemoved() throws IOException {
    given(COMMENTED);

    assertThat(editor.removeMount("nothing")).isZero();
    assertThat(editor.removePathMapping("/a", Optional.empty())).isZero();
    assertThat(file).hasContent(COMMENTED);
  }

  @Test
  void aMappingIsAddedToAFileThatIsNotThereYet() throws IOException {
    editor.addPathMapping(new PathMapping("C:\\data", "/vast"));
    editor.addPathMapping(new PathMapping("C:\\data", "/tape"));

    assertThat(editor.pathMappings())
        .containsExactly(
            Map.of("local", "C:\\data", "worker", "/vast"),
            Map.of("local", "C:\\data", "worker", "/tape"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThat(editor.removePathMapping("C:\\data", Optional.of("/tape"))).isEqualTo(1);
    assertThat(editor.removePathMapping("C:\\data", Optional.empty())).isEqualTo(1);
    assertThat(file).hasContent("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[worker.io]\nmounts = [{path = '/a', label = 'a'}]\n",
        "worker = {io = {mounts = []}}\n",
        "worker.io.mounts = []\n"
      })
  void aFormThatCannotBeAddedToIsLeftAloneAndSaidSo(String text) throws IOException {
    given(text);

    assertThatThrownBy(() -> editor.addMount(Path.of("/b"), "b"))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining("by hand")
        .hasMessageContaining(file.toString());
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  @Test
  void anInlineMountIsNotRemovedByHalf() throws IOException {
    String text = "[worker.io]\nmounts = [{path = '/a', label = 'a'}]\n";
    given(text);

    assertThatThrownBy(() -> editor.removeMount("a"))
        .hasMessageContaining("line 2")
        .hasMessageContaining("by hand");
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  @Test
  void aDamagedFileIsLeftAlone() throws IOException {
    given("[[worker.io.mounts]\n");

    assertThatThrownBy(() -> editor.addMount(Path.of("/b"), "b")).hasMessageContaining("not TOML");
    assertThatThrownBy(() -> editor.write("a = = b")).isInstanceOf(BadFileException.class);
    assertThat(Files.readString(file)).isEqualTo("[[worker.io.mounts]\n");
  }

  @Test
  void aLinkedFileStaysALinkAndKeepsItsMode() throws IOException {
    Path real = Files.writeString(temporary.resolve("dotfiles.toml"), COMMENTED);
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw-r--"));
    Files.createDirectories(file.getParent());
    Files.createSymbolicLink(file, real);

    editor.addMount(Path.of("/b"), "b");

    assertThat(Files.isSymbolicLink(file)).isTrue();
    assertThat(Files.readString(real)).contains("\"/b\"");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
        .isEqualTo("rw-rw-r--");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a = 1", "a = 1\r\n[b]\r\nc = 2\r\n", "# only a remark\n", COMMENTED})
  void addingAndRemovingGivesTheSameText(String text) throws IOException {
    given(text);

    editor.addMount(Path.of("/x"), "x y\t\u007f\\");
    assertThat(editor.mounts()).last().isEqualTo(Map.of("path", "/x", "label", "x y\t\u007f\\"));
    editor.removeMount("x y\t\u007f\\");

    assertThat(Files.readString(file)).startsWith(text);
    assertThat(Files.readString(file).substring(text.length())).isIn(List.of("", "\n"));
  }

  @Test
  void subTablesOfAMountGoWithIt() throws IOException {
    given(
        "[[worker.io.mounts]]\npath='/a'\nlabel='a'\n[worker.io.mounts.more]\nx=1\n[other]\ny=2\n");

    editor.removeMount("a");

    assertThat(file).hasContent("[other]\ny=2\n");
  }
}
