package org.peerworks.lib.sleap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.files.ArchiveLimits;

class JobPackageTest {

  private static final String MARKER = "track-script.sh";

  @TempDir Path directory;
  private Path zip;
  private Path work;

  @BeforeEach
  void makeWork() throws IOException {
    zip = directory.resolve("package.zip");
    work = Files.createDirectory(directory.resolve("work"));
  }

  @Test
  void aFlatPackageIsItsOwnRoot() throws IOException {
    zip(MARKER, "labels.slp", "models/a/weights");

    assertThat(unpack()).isEqualTo(work.resolve("package"));
  }

  @Test
  void aPackageMayHaveOneFolderAndWhatASystemLeaves() throws IOException {
    zip("__MACOSX/._x", ".DS_Store", "._labels.v001", "labels.v001/" + MARKER, "labels.v001/a.slp");

    Path root = unpack();

    assertThat(root).isEqualTo(work.resolve("package/labels.v001"));
    assertThat(root.resolve("a.slp")).exists();
  }

  @Test
  void anotherRunFindsThePackageAsItWas() throws IOException {
    zip(MARKER);
    Files.writeString(unpack().resolve("trained"), "x");
    Files.delete(zip);

    assertThat(unpack().resolve("trained")).exists();
  }

  @Test
  void aHalfUnpackedPackageIsUnpackedAgain() throws IOException {
    zip(MARKER);
    Files.writeString(Files.createDirectory(work.resolve("unpacking")).resolve("half"), "x");

    assertThat(unpack().resolve("half")).doesNotExist();
    assertThat(work.resolve("unpacking")).doesNotExist();
  }

  @Test
  void aPackageWithoutAScriptLeavesNothing() throws IOException {
    zip("a/labels.slp", "b/" + MARKER);

    assertThatThrownBy(this::unpack)
        .isInstanceOf(PackageException.class)
        .hasMessage(
            "The package 'package.zip' has no 'track-script.sh', neither at its top nor in its only"
                + " folder.");
    assertNothingLeft();
  }

  @Test
  void aPackageThatLeavesItsFolderLeavesNothing() throws IOException {
    zip(MARKER, "../../evil");

    assertThatThrownBy(this::unpack)
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith("The package 'package.zip' is refused: ")
        .hasMessageContaining("evil");
    assertThat(directory.resolve("evil")).doesNotExist();
    assertNothingLeft();
  }

  @Test
  void aBombLeavesNothing() throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry(MARKER));
      out.putNextEntry(new ZipEntry("bomb.slp"));
      out.write(new byte[8 << 20]);
    }

    assertThatThrownBy(
            () -> JobPackage.unpack(zip, work, new ArchiveLimits(10, 1L << 30, 20), MARKER))
        .isInstanceOf(PackageException.class)
        .hasMessageContaining("bomb.slp");
    assertNothingLeft();
  }

  @Test
  void whatIsNoZipIsNamed() throws IOException {
    Files.writeString(zip, "not a zip");

    assertThatThrownBy(this::unpack)
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith("The package 'package.zip' is refused: ");
    assertNothingLeft();
  }

  private Path unpack() throws IOException {
    return JobPackage.unpack(zip, work, ArchiveLimits.DEFAULT, MARKER);
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
  }

  private void zip(String... names) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : names) {
        out.putNextEntry(new ZipEntry(name));
        out.write('x');
      }
    }
  }
}
