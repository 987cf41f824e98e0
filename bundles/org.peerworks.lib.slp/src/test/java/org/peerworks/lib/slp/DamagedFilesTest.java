package org.peerworks.lib.slp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to a file's bytes, reading it ends with labels or with an exception that names
 * it.
 */
class DamagedFilesTest {

  private static final int FLIPPED_FILES = 150;

  @TempDir Path directory;

  private byte[] sound;

  @BeforeEach
  void writeSoundFile() throws IOException {
    sound = Files.readAllBytes(Samples.write(directory.resolve("sound.slp")));
  }

  @Test
  void truncatedFilesAreRefused() throws IOException {
    int refused = 0;
    int lengths = 0;
    for (int length = 0; length < sound.length; length += 397) {
      lengths++;
      refused += read(Arrays.copyOf(sound, length)) ? 0 : 1;
    }
    assertThat(refused).isEqualTo(lengths);
  }

  @Test
  void anotherKindOfFileIsNamedAsSuch() throws IOException {
    Path file = Files.writeString(directory.resolve("notes.slp"), "no labels");
    assertThatThrownBy(() -> SlpFile.open(file))
        .isInstanceOf(SlpException.class)
        .hasMessage(
            "'%s' is cut off or damaged: it does not begin as an HDF5 file does. Save it again, or send it again.",
            file);
  }

  @Test
  void flippedBitsNeverEscapeTheException() throws IOException {
    Random random = new Random(20_261_121);
    int refused = 0;
    for (int i = 0; i < FLIPPED_FILES; i++) {
      byte[] damaged = sound.clone();
      for (int flip = random.nextInt(8); flip >= 0; flip--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      refused += read(damaged) ? 0 : 1;
    }
    assertThat(refused).isBetween(1, FLIPPED_FILES);
  }

  @Test
  void hugeNumbersNeverEscapeTheException() throws IOException {
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < FLIPPED_FILES; i++) {
      byte[] damaged = sound.clone();
      int at = random.nextInt(damaged.length - 8);
      int width = 1 << random.nextInt(4);
      Arrays.fill(damaged, at, at + width, (byte) (random.nextBoolean() ? 0xff : 0x7f));
      refused += read(damaged) ? 0 : 1;
    }
    assertThat(refused).isBetween(1, FLIPPED_FILES);
  }

  /** Whether the file could be read. */
  private boolean read(byte[] content) throws IOException {
    Path file = directory.resolve("damaged.slp");
    Files.write(file, content);
    try (SlpFile slp = SlpFile.open(file)) {
      slp.summary();
      for (Video video : slp.labels().videos()) {
        if (video.embedded().isPresent()) {
          for (int frame : video.embedded().get().frameNumbers()) {
            slp.image(video, frame);
          }
        }
      }
      // The native library must not meet what is damaged: it would take the JVM down.
      SlpWriter.writePredictions(file, directory.resolve("rewritten.slp"), List.of());
      return true;
    } catch (SlpException e) {
      assertThat(e)
          .hasMessageStartingWith("'" + file + "' is cut off or damaged: ")
          .message()
          .doesNotContain("Exception", "newLimit", "java.", "io.jhdf", "null");
      return false;
    }
  }
}
