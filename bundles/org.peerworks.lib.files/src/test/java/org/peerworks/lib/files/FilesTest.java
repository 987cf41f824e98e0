package org.peerworks.lib.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesTest {

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"a", "labels.v929.slp", "Mäuse_2-3 b.zip", "日本.slp", "e\u0301.slp"})
  void aPlainNameIsTaken(String name) {
    assertThat(FileNames.requirePlain(name)).isSameAs(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a/b",
        "a\\b",
        ".hidden",
        "-rf",
        "a.",
        "a ",
        " a",
        "a\nb",
        "a\0",
        "a:b",
        "$(x)",
        "a;b",
        "*",
        "~",
        "\ud800",
        "a\u202eb",
        "\u200b"
      })
  void anyOtherNameIsRefused(String name) {
    assertThatThrownBy(() -> FileNames.requirePlain(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name.isEmpty() ? "A file name is empty" : "The file name '")
        .message()
        .doesNotContain("\n", "\0", "\u202e");
  }

  @Test
  void aNameHasAtMost255Bytes() {
    assertThatCode(() -> FileNames.requirePlain("ä".repeat(127) + "a")).doesNotThrowAnyException();
    assertThatThrownBy(() -> FileNames.requirePlain("ä".repeat(128)))
        .hasMessageContaining("longer than 255 bytes");
    assertThatThrownBy(() -> FileNames.requirePlain(null)).hasMessageContaining("empty");
  }

  @Test
  void aFileIsReplacedWholeAndNothingElseIsLeft() throws IOException {
    Path file = temp.resolve("state.json");
    AtomicFiles.write(file, "old".getBytes());
    AtomicFiles.write(file, "new".getBytes());
    assertThat(file).hasContent("new");
    try (var all = Files.list(temp)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void aFileThatCannotBeReplacedLeavesNothingBehind() throws IOException {
    Path directory = Files.createDirectories(temp.resolve("taken/content")).getParent();
    assertThatThrownBy(() -> AtomicFiles.write(directory, new byte[1]))
        .isInstanceOf(IOException.class);
    try (var all = Files.list(temp)) {
      assertThat(all).containsExactly(directory);
    }
  }

  @Test
  void aSecretIsTheOwnersOnlyEvenWhereItReplacesAPublicFile() throws IOException {
    Path file = temp.resolve("key");
    AtomicFiles.write(file, "public".getBytes());
    AtomicFiles.writeSecret(file, "secret".getBytes());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    AtomicFiles.sync(file);
    AtomicFiles.sync(temp);
  }

  @Test
  void deletingATreeLeavesWhatItsLinksPointTo() throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.writeString(outside.resolve("mine"), "mine");
    Path tree = Files.createDirectories(temp.resolve("tree/a/b")).getParent().getParent();
    Files.createSymbolicLink(tree.resolve("a/link"), outside);
    Files.createSymbolicLink(tree.resolve("dead"), temp.resolve("nowhere"));
    Files.writeString(tree.resolve("a/b/file"), "x");
    Files.setPosixFilePermissions(
        tree.resolve("a/b"), PosixFilePermissions.fromString("r-xr-xr-x"));

    FileTrees.delete(tree);

    assertThat(tree).doesNotExist();
    assertThat(outside.resolve("mine")).hasContent("mine");
  }

  @Test
  void deletingALinkOrNothingIsFine() throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), outside);
    FileTrees.delete(link);
    FileTrees.delete(link);
    assertThat(outside).isDirectory();
    assertThat(Files.exists(link, java.nio.file.LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void aDeepTreeIsDeleted() throws IOException {
    Path deep =
        IntStream.range(0, 300)
            .boxed()
            .reduce(temp.resolve("t"), (p, i) -> p.resolve("d"), (p, q) -> q);
    Files.createDirectories(deep);
    FileTrees.delete(temp.resolve("t"));
    assertThat(temp.resolve("t")).doesNotExist();
  }

  @Test
  void theSizeOfATreeIsThatOfItsFiles() throws IOException {
    Path tree = Files.createDirectories(temp.resolve("tree/a")).getParent();
    Files.writeString(tree.resolve("x"), "123");
    Files.writeString(tree.resolve("a/y"), "4567");
    Files.createSymbolicLink(tree.resolve("loop"), tree);
    assertThat(FileTrees.size(tree)).isEqualTo(7);
    assertThat(FileTrees.size(tree.resolve("x"))).isEqualTo(3);
    assertThat(FileTrees.size(temp.resolve("none"))).isZero();
  }

  @Test
  void theHashIsTheStandards() throws IOException {
    Path file = Files.writeString(temp.resolve("f"), "abc");
    assertThat(Hashes.sha256(file))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void whatKilledWritersLeftIsSweptAwayAndNothingElse(@TempDir Path top) throws IOException {
    Path old = Files.writeString(top.resolve(".tmp-1"), "half");
    Path tree = Files.createDirectory(top.resolve(".tmp-2"));
    Files.writeString(tree.resolve("a.cfg"), "half");
    Path fresh = Files.writeString(top.resolve(".tmp-3"), "somebody writes it now");
    Path whole = Files.writeString(top.resolve("a.cfg"), "whole");
    FileTime before = FileTime.from(Instant.now().minusSeconds(90));
    for (Path file : List.of(old, tree, whole)) {
      Files.setLastModifiedTime(file, before);
    }
    AtomicFiles.sweep(top);
    assertThat(top).isDirectoryNotContaining("glob:**/.tmp-{1,2}");
    assertThat(fresh).exists();
    assertThat(whole).hasContent("whole");
    AtomicFiles.sweep(top.resolve("missing"));
  }
}
