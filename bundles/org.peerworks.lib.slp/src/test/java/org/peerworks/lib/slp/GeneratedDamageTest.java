package org.peerworks.lib.slp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.testkit.Footprint;
import org.slf4j.LoggerFactory;

/**
 * Files that were spoiled byte by byte, or that are sound HDF5 and no sound labels: reading and
 * rewriting them ends with labels or with an exception in our words, soon, and leaves nothing.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GeneratedDamageTest {

  private static final SlpLimits LIMITS = new SlpLimits(1 << 24, Duration.ofSeconds(30));

  @TempDir Path directory;

  private final Logger reader = (Logger) LoggerFactory.getLogger("io.jhdf");

  @BeforeEach
  void silenceReader() {
    reader.setLevel(Level.OFF);
  }

  @AfterEach
  void hearReader() {
    reader.setLevel(null);
  }

  @Test
  void spoiledBytesEndInWords() throws IOException {
    spoilBytes(500);
  }

  @Test
  @Tag("long")
  void tenThousandFilesOfSpoiledBytesEndInWords() throws IOException {
    spoilBytes(10_000);
  }

  @Test
  void nonsenseInSoundFilesEndsInWords() throws IOException {
    writeNonsense(150);
  }

  @Test
  @Tag("long")
  void tenThousandSoundFilesOfNonsenseEndInWords() throws IOException {
    writeNonsense(10_000);
  }

  private void spoilBytes(int inputs) throws IOException {
    long seed = Fuzz.seed(inputs, "files of spoiled bytes");
    byte[] sound = Files.readAllBytes(Samples.write(directory.resolve("sound.slp")));
    Path file = directory.resolve("spoiled.slp");
    read(Files.write(file, sound), -1);
    Footprint before = Footprint.now();
    int refused = 0;
    for (int i = 0; i < inputs; i++) {
      Files.write(file, Fuzz.spoil(sound, Fuzz.random(seed, i)));
      refused += read(file, i) ? 0 : 1;
    }
    assertThat(refused).isBetween(inputs / 20, inputs);
    expectNothingLeft(before);
  }

  private void writeNonsense(int inputs) throws IOException {
    long seed = Fuzz.seed(inputs, "sound files of nonsense");
    Path file = directory.resolve("nonsense.slp");
    read(Samples.write(file), -1);
    Footprint before = Footprint.now();
    int refused = 0;
    for (int i = 0; i < inputs; i++) {
      Random random = Fuzz.random(seed, i);
      new Nonsense(random).write(file);
      refused += read(file, i) ? 0 : 1;
      Files.delete(file);
    }
    assertThat(refused).isBetween(inputs / 20, inputs);
    expectNothingLeft(before);
  }

  private void expectNothingLeft(Footprint before) throws IOException {
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .isSubsetOf("sound.slp", "spoiled.slp", "rewritten.slp");
    }
    // Heap: what the reader of HDF5 caches; others: its few threads that wait for the next file.
    before.assertKept(32 << 20, 4);
  }

  /** Whether the file could be read. */
  private boolean read(Path file, int number) throws IOException {
    try (SlpFile slp = SlpFile.open(file, LIMITS)) {
      slp.summary();
      for (Video video : slp.labels().videos()) {
        if (video.embedded().isPresent()) {
          for (int frame : video.embedded().get().frameNumbers()) {
            slp.image(video, frame);
          }
        }
      }
      SlpWriter.writePredictions(file, directory.resolve("rewritten.slp"), List.of());
      return true;
    } catch (SlpException e) {
      assertThat(e)
          .as("input " + number)
          .message()
          .startsWith("'" + file + "' is cut off or damaged: ")
          .doesNotContain("Exception", "newLimit", "java.", "io.jhdf", "null", "takes longer");
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("Input " + number + " of the seed", e);
    }
  }
}
