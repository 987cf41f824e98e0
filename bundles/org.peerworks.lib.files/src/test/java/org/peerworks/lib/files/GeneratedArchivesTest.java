package org.peerworks.lib.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.testkit.Footprint;

/**
 * Archives whose records lie: sizes, offsets, counts, names, modes, zip64 fields. What is unpacked
 * stays inside and within the limits; what is refused leaves nothing, neither in files nor in the
 * process.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GeneratedArchivesTest {

  private static final ArchiveLimits LIMITS = new ArchiveLimits(20, 1 << 20, 100);
  private static final int[] SIGNATURES = {
    0x04034b50, 0x02014b50, 0x06054b50, 0x06064b50, 0x07064b50
  };
  private static final int[] RECORDS = {30, 46, 22, 56, 20};
  private static final long[] NUMBERS = {
    0, 1, 2, 8, 0xffff, 0x7fff, 0xffff_ffffL, 0x7fff_ffffL, 0xfff_ffffL, 1 << 20, -1, Long.MIN_VALUE
  };
  private static final List<String> NAMES =
      List.of(
          "../x",
          "/etc/x",
          "a/../b",
          "C:\\x",
          "a\\b",
          "a//b",
          "./a",
          "a",
          "A",
          "a/",
          "a/b",
          "\u0000",
          "\u202e",
          "ä",
          "a\u0308",
          "x".repeat(300),
          "d/".repeat(40) + "x",
          "-rf",
          ".",
          "..",
          "");

  @TempDir Path directory;

  @Test
  void archivesThatLieAreUnpackedInsideOrRefused() throws IOException {
    unpack(600);
  }

  @Test
  @Tag("long")
  void tenThousandArchivesThatLieAreUnpackedInsideOrRefused() throws IOException {
    unpack(10_000);
  }

  private void unpack(int inputs) throws IOException {
    long seed = Long.getLong("fuzz.seed", 20_261_121);
    System.out.printf("%,d archives that lie, -Dfuzz.seed=%d%n", inputs, seed);
    Path zip = directory.resolve("package.zip");
    Path target = Files.createDirectory(directory.resolve("target"));
    unpack(Files.write(zip, archive(zip, new Random(seed))), target, -1);
    FileTrees.clear(target);
    Footprint before = Footprint.now();
    int refused = 0;
    for (int i = 0; i < inputs; i++) {
      Random random = new Random(seed * 1_000_003 + i);
      Files.write(zip, spoil(archive(zip, random), random));
      refused += unpack(zip, target, i) ? 0 : 1;
      FileTrees.clear(target);
    }
    assertThat(refused).isBetween(inputs / 5, inputs - inputs / 50);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactlyInAnyOrder(zip, target);
    }
    before.assertKept(16 << 20, 0);
  }

  private static byte[] archive(Path zip, Random random) throws IOException {
    Files.deleteIfExists(zip);
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      out.setUseZip64(random.nextInt(3) == 0 ? Zip64Mode.Always : Zip64Mode.AsNeeded);
      if (random.nextInt(6) == 0) {
        out.setEncoding("UTF-16LE");
      }
      for (int i = random.nextInt(6); i >= 0; i--) {
        boolean strange = random.nextInt(6) == 0;
        String name = strange ? NAMES.get(random.nextInt(NAMES.size())) : "f" + i + "/file.bin";
        ZipArchiveEntry entry = new ZipArchiveEntry(name.isEmpty() ? "x" : name);
        if (random.nextInt(8) == 0) {
          entry.setUnixMode(random.nextInt(1 << 16));
        }
        byte[] content = new byte[random.nextInt(10) == 0 ? 200_000 : random.nextInt(300)];
        if (random.nextBoolean()) {
          random.nextBytes(content);
        }
        out.putArchiveEntry(entry);
        if (!name.endsWith("/")) {
          out.write(content);
        }
        out.closeArchiveEntry();
      }
    }
    return Files.readAllBytes(zip);
  }

  private static byte[] spoil(byte[] bytes, Random random) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = random.nextInt(4); i > 0; i--) {
      int record = record(buffer, random);
      if (record < 0 || random.nextInt(5) == 0) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      } else {
        int field = 2 * (2 + random.nextInt(record >>> 27));
        int at = (record & 0x7ff_ffff) + field;
        long number =
            random.nextBoolean()
                ? NUMBERS[random.nextInt(NUMBERS.length)]
                : random.nextInt(bytes.length);
        if (random.nextBoolean() && at + 2 <= bytes.length) {
          buffer.putShort(at, (short) number);
        } else if (at + 8 <= bytes.length && random.nextInt(4) == 0) {
          buffer.putLong(at, number);
        } else if (at + 4 <= bytes.length) {
          buffer.putInt(at, (int) number);
        }
      }
    }
    return switch (random.nextInt(20)) {
      case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> renamed(bytes, random);
      case 2 -> Arrays.copyOf(bytes, bytes.length + random.nextInt(100));
      default -> bytes;
    };
  }

  /** Names another file where the name is as long. */
  private static byte[] renamed(byte[] bytes, Random random) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String name =
        new String[] {"../../../../x", "/tmp/file.bin", "f0/../../bin0"}[random.nextInt(3)];
    String old = "f" + random.nextInt(3) + "/file.bin";
    return text.replace(old, name.substring(0, old.length())).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Position of a record, and in the highest five bits how many of its fields may be spoiled. */
  private static int record(ByteBuffer buffer, Random random) {
    List<Integer> found = new ArrayList<>();
    for (int at = 0; at + 4 <= buffer.capacity(); at++) {
      for (int kind = 0; kind < SIGNATURES.length; kind++) {
        if (buffer.getInt(at) == SIGNATURES[kind]) {
          found.add(at | Math.min(15, RECORDS[kind] / 2 - 2) << 27);
        }
      }
    }
    return found.isEmpty() ? -1 : found.get(random.nextInt(found.size()));
  }

  private static boolean unpack(Path zip, Path target, int number) throws IOException {
    try {
      Archives.unpack(zip, target, LIMITS);
    } catch (ArchiveException e) {
      assertThat(Zips.isEmpty(target)).as("input " + number).isTrue();
      assertThat(e.getMessage())
          .as("input " + number)
          .doesNotContain("\u0000", "\u202e", "Exception");
      return false;
    } catch (IOException | RuntimeException | Error e) {
      throw new AssertionError("Input " + number + " of the seed", e);
    }
    try (Stream<Path> files = Files.walk(target)) {
      List<Path> all = files.toList();
      assertThat(all.size()).as("input " + number).isLessThanOrEqualTo(21);
      for (Path file : all) {
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(
                Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
            .isTrue();
      }
    }
    assertThat(FileTrees.size(target)).isLessThanOrEqualTo(1 << 20);
    return true;
  }
}
