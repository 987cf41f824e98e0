package org.peerworks.pose.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.pose.UserError;

/** Whatever happens to a video's bytes, reading it ends with frames or an error that names it. */
class GeneratedVideosTest {

  private static final VideoLimits LIMITS = new VideoLimits(1 << 20, 5_000);
  private static final int[] NUMBERS = {0, 1, -1, 255, 65_536, Integer.MAX_VALUE, 1 << 30};

  @TempDir Path directory;

  @Test
  void spoiledVideosEndInWords() throws Exception {
    spoil(150);
  }

  @Test
  @Tag("long")
  void tenThousandSpoiledVideosEndInWords() throws Exception {
    spoil(10_000);
  }

  private void spoil(int inputs) throws Exception {
    long seed = Long.getLong("fuzz.seed", 20_261_121);
    System.out.printf("%,d spoiled videos, -Dfuzz.seed=%d%n", inputs, seed);
    List<Path> samples = samples();
    int refused = 0;
    for (int i = 0; i < inputs; i++) {
      Random random = new Random(seed * 1_000_003 + i);
      Path sample = samples.get(random.nextInt(samples.size()));
      Path file = directory.resolve("spoiled-" + sample.getFileName());
      Files.write(file, spoil(Files.readAllBytes(sample), random));
      refused += read(file, random, i) ? 0 : 1;
    }
    assertThat(refused).isBetween(inputs / 20, inputs);
    assertThat(openFiles()).isEmpty();
  }

  private List<Path> samples() throws UserError {
    List<Path> samples = new ArrayList<>();
    String[][] kinds = {
      {"mpeg4", "a.mp4"},
      {"libopenh264", "b.mp4"},
      {"libopenh264", "c.mkv"},
      {"mjpeg", "d.avi"},
      {"mpeg2video", "e.ts"},
      {"libvpx-vp9", "f.webm"}
    };
    for (String[] kind : kinds) {
      samples.add(
          new VideoMaker()
              .encoder(kind[0])
              .frames(12)
              .gop(5)
              .bFrames(kind[0].startsWith("mpeg") ? 2 : 0)
              .write(directory.resolve(kind[1])));
    }
    return samples;
  }

  /** Mostly in the headers, which stand at both ends. */
  private static byte[] spoil(byte[] bytes, Random random) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      int range = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 900);
      int at = random.nextInt(range - 8);
      at = random.nextBoolean() ? at : bytes.length - 8 - at;
      switch (random.nextInt(7)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2, 3 -> ByteBuffer.wrap(bytes).putInt(at, NUMBERS[random.nextInt(NUMBERS.length)]);
        case 4 -> {
          int from = random.nextInt(bytes.length - 8);
          int length = Math.min(random.nextInt(128), bytes.length - Math.max(from, at));
          System.arraycopy(bytes, from, bytes, at, length);
        }
        case 5 -> Arrays.fill(bytes, at, at + random.nextInt(8), (byte) 0xff);
        default -> {
          if (random.nextInt(4) == 0 && bytes.length > 2_000) {
            return Arrays.copyOf(bytes, 1_000 + random.nextInt(bytes.length - 1_000));
          }
        }
      }
    }
    return bytes;
  }

  /** Whether some frames could be read. */
  private static boolean read(Path file, Random random, int number) throws IOException {
    try (VideoFile video = VideoFile.open(file, Optional.empty(), LIMITS)) {
      int frames = Math.min(video.frames(), 30);
      for (int i = 0; i < 6 && frames > 0; i++) {
        assertThat(video.frame(random.nextInt(frames)).width()).isEqualTo(video.width());
      }
      return true;
    } catch (UserError e) {
      assertThat(e).as("input " + number).hasMessageContaining(file.toString());
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("Input " + number + " of the seed", e);
    }
  }

  /** Videos of this test that are open still. */
  private List<Path> openFiles() throws IOException {
    List<Path> open = new ArrayList<>();
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      for (Path handle : (Iterable<Path>) handles::iterator) {
        if (Files.exists(handle, LinkOption.NOFOLLOW_LINKS)) {
          open.add(Files.readSymbolicLink(handle));
        }
      }
    }
    return open.stream().filter(path -> path.startsWith(directory)).toList();
  }
}
