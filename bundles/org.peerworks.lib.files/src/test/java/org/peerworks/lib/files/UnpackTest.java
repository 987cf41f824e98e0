package org.peerworks.lib.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackTest {

  @TempDir Path temp;
  private Path target;

  @BeforeEach
  void makeTarget() throws IOException {
    target = Files.createDirectory(temp.resolve("target"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil", "a/../../evil", "/etc/passwd", "C:/evil", "c:evil", "a\\..\\evil", "a//b", "./a",
        "a/.", "a\0b", "a\nb", "a\u202eb", "..", "a/..", "/", "//x"
      })
  void anUnsafeNameIsRefusedByName(String name) throws IOException {
    int mode = name.endsWith("/") ? 040755 : 0100644;
    Path zip =
        Zips.make(
            temp.resolve("a.zip"),
            z -> z.add("good", "g").add(name, new byte[0], e -> e.setUnixMode(mode)));
    refuses(zip, FileNames.shown(name));
    assertThat(temp.resolve("evil")).doesNotExist();
  }

  @Test
  void deepAndLongNamesAreRefused() throws IOException {
    refuses(Zips.make(temp.resolve("a.zip"), z -> z.add("d/".repeat(40) + "f", "")), "deeper than");
    refuses(Zips.make(temp.resolve("b.zip"), z -> z.add("ä".repeat(128), "")), "longer than 255");
    refuses(Zips.make(temp.resolve("c.zip"), z -> z.add("d/".repeat(2000), "")), "longer than");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "A", "a/", "a/b", "A/b"})
  void aNameInTheWayOfAnotherIsRefused(String second) throws IOException {
    refuses(
        Zips.make(temp.resolve("a.zip"), z -> z.add("a", "1").add(second, "")), "in the way of");
  }

  @Test
  void namesThatAFileSystemWouldMixUpAreRefused() throws IOException {
    refuses(
        Zips.make(temp.resolve("a.zip"), z -> z.add("é", "1").add("e\u0301", "2")),
        "in the way of");
    refuses(
        Zips.make(temp.resolve("b.zip"), z -> z.add("D/a", "1").add("d/b", "2")), "in the way of");
  }

  @Test
  void aFolderMayBeNamedAfterItsContent() throws IOException {
    Path zip =
        Zips.make(temp.resolve("a.zip"), z -> z.add("d/a", "1").add("d/", "").add("d/b", "2"));
    Archives.unpack(zip, target, ArchiveLimits.DEFAULT);
    assertThat(target.resolve("d/b")).hasContent("2");
  }

  @ParameterizedTest
  @ValueSource(ints = {0120777, 0010644, 0020644, 0060644, 0140755})
  void linksAndSpecialFilesAreRefusedFromWhateverSystem(int mode) throws IOException {
    refuses(
        Zips.make(
            temp.resolve("a.zip"),
            z -> z.add("l", "/etc/passwd".getBytes(), e -> e.setUnixMode(mode))),
        "'l' is a link");
    refuses(
        Zips.make(
            temp.resolve("b.zip"),
            z ->
                z.add(
                    "l",
                    "/etc/passwd".getBytes(),
                    e -> e.setExternalAttributes((long) mode << 16))),
        "'l' is a link");
  }

  @Test
  void modesOfTheArchiveAreForgotten() throws IOException {
    Path zip =
        Zips.make(
            temp.resolve("a.zip"), z -> z.add("s", "x".getBytes(), e -> e.setUnixMode(0106777)));
    Archives.unpack(zip, target, ArchiveLimits.DEFAULT);
    assertThat(Files.getPosixFilePermissions(target.resolve("s")))
        .doesNotContain(
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_EXECUTE);
    assertThat((int) Files.getAttribute(target.resolve("s"), "unix:mode") & 07111).isZero();
  }

  @Test
  void limitsHold() throws IOException {
    Path zip = Zips.make(temp.resolve("a.zip"), z -> z.add("a", "12345").add("b", "67890"));
    assertThatThrownBy(() -> Archives.unpack(zip, target, new ArchiveLimits(1, 100, 100)))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("more than 1 entries");
    assertThatThrownBy(() -> Archives.unpack(zip, target, new ArchiveLimits(9, 9, 100)))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("'b' goes beyond the limit of 9 bytes");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void aBackslashOfWindowsIsASeparatorAndNoWayOut() throws IOException {
    Path zip = Zips.make(temp.resolve("a.zip"), z -> z.add("d\\f", "x"));
    Archives.unpack(zip, target, ArchiveLimits.DEFAULT);
    assertThat(target.resolve("d/f")).hasContent("x");
    FileTrees.clear(target);
    refuses(Zips.make(temp.resolve("b.zip"), z -> z.add("a\\..\\..\\f", "x")), "'..'");
  }

  @Test
  void aBombIsRefused() throws IOException {
    ArchiveLimits limits = new ArchiveLimits(100, 1L << 40, 100);
    byte[] zeros = new byte[4 << 20];
    refuses(
        Zips.make(temp.resolve("a.zip"), z -> z.add("bomb", zeros, Zips.AS_IS)),
        "'bomb' holds more than 100 times",
        limits);
    byte[] mebibyte = new byte[1 << 20];
    refuses(
        Zips.make(
            temp.resolve("b.zip"),
            z -> {
              for (int i = 0; i < 4; i++) {
                z.add("b" + i, mebibyte, Zips.AS_IS);
              }
            }),
        "times what was sent",
        limits);
  }

  @Test
  void aHeaderThatLiesAboutTheSizeIsFound() throws IOException {
    byte[] content = new byte[0x1234];
    Path zip = Zips.make(temp.resolve("a.zip"), z -> z.add("liar", content, Zips.AS_IS));
    Zips.replace(zip, new byte[] {0x34, 0x12, 0, 0}, new byte[] {0x33, 0x12, 0, 0}, true);
    refuses(zip, "'liar' holds more than its header says");
  }

  @Test
  void damagedContentIsFoundByItsChecksum() throws IOException {
    Path zip =
        Zips.make(
            temp.resolve("a.zip"),
            z -> z.add("d", "content".getBytes(), e -> e.setMethod(ZipMethod.DEFLATED.getCode())));
    Path stored = temp.resolve("s.zip");
    Path source = Files.createDirectory(temp.resolve("source"));
    Files.writeString(source.resolve("d"), "content");
    Archives.pack(source, "", stored, false);
    Zips.replace(stored, "content".getBytes(), "c0ntent".getBytes(), false);
    refuses(stored, "'d' is damaged");
    Archives.unpack(zip, target, ArchiveLimits.DEFAULT);
  }

  @Test
  void entriesThatShareBytesAreRefused() throws IOException {
    Path zip = Zips.make(temp.resolve("a.zip"), z -> z.add("a", "same").add("b", "same"));
    byte[] bytes = Files.readAllBytes(zip);
    // the second entry of the central directory points to the first file's header
    int second = lastEntry(bytes);
    for (int i = 0; i < 4; i++) {
      bytes[second + 42 + i] = 0;
    }
    Files.write(zip, bytes);
    refuses(zip, "overlaps another");
  }

  @Test
  void encryptedAndOddlyCompressedEntriesAreRefused() throws IOException {
    Path zip = Zips.make(temp.resolve("a.zip"), z -> z.add("a", "x"));
    byte[] bytes = Files.readAllBytes(zip);
    bytes[lastEntry(bytes) + 10] = 12;
    Files.write(zip, bytes);
    refuses(zip, "compressed by method 12");
    bytes[lastEntry(bytes) + 10] = 8;
    bytes[lastEntry(bytes) + 8] |= 1;
    Files.write(zip, bytes);
    refuses(zip, "is encrypted");
  }

  @Test
  void aFileThatIsNoArchiveIsRefused() throws IOException {
    refuses(Files.writeString(temp.resolve("a.zip"), ""), "not a zip file");
    refuses(Files.writeString(temp.resolve("b.zip"), "PK\3\4 and so on".repeat(99)), "not a zip");
  }

  @Test
  void aZip64ArchiveIsRead() throws IOException {
    Path zip = temp.resolve("a.zip");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      out.setUseZip64(Zip64Mode.Always);
      out.putArchiveEntry(new ZipArchiveEntry("a"));
      out.write("content".getBytes());
      out.closeArchiveEntry();
    }
    Archives.unpack(zip, target, ArchiveLimits.DEFAULT);
    assertThat(target.resolve("a")).hasContent("content");
  }

  @Test
  void aZip64RecordThatPointsNowhereIsRefused() throws IOException {
    Path zip = Zips.make(temp.resolve("a.zip"), z -> z.add("a", "x"));
    byte[] bytes = Files.readAllBytes(zip);
    try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "rw")) {
      file.seek(bytes.length - 22);
      file.write(
          new byte[] {0x50, 0x4b, 6, 7, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1, 1, 0, 0, 0});
      file.write(bytes, bytes.length - 22, 22);
    }
    refuses(zip, "damaged");
  }

  @Test
  void aDirectoryWithContentIsNotTouched() throws IOException {
    Path zip = Zips.make(temp.resolve("a.zip"), z -> z.add("../x", "x"));
    Files.writeString(target.resolve("mine"), "mine");
    assertThatThrownBy(() -> Archives.unpack(zip, target, ArchiveLimits.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not empty");
    assertThat(target.resolve("mine")).hasContent("mine");
  }

  private void refuses(Path zip, String message) {
    refuses(zip, message, ArchiveLimits.DEFAULT);
  }

  private void refuses(Path zip, String message, ArchiveLimits limits) {
    assertThatThrownBy(() -> Archives.unpack(zip, target, limits))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(message);
    assertThat(target).isEmptyDirectory();
  }

  private static int lastEntry(byte[] bytes) {
    for (int i = bytes.length - 4; ; i--) {
      if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 1 && bytes[i + 3] == 2) {
        return i;
      }
    }
  }

  @Test
  void theNamesOfEntriesAreListedAsTheyStandAndNothingIsUnpacked() throws IOException {
    Path zip = Zips.make(temp.resolve("n.zip"), z -> z.add("b/../x", "1").add("a", "2"));

    assertThat(Archives.names(zip, ArchiveLimits.DEFAULT)).containsExactly("b/../x", "a");
    assertThatThrownBy(() -> Archives.names(zip, new ArchiveLimits(1, 1 << 20, 1000)))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("more than 1 entries");
  }
}
