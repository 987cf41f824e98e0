package org.peerworks.lib.slp;

import static hdf.hdf5lib.HDF5Constants.H5F_ACC_RDWR;
import static hdf.hdf5lib.HDF5Constants.H5P_DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hdf.hdf5lib.H5;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are made to read what is nobody's business, or to be read for ever. */
class HostileFilesTest {

  /** Levels and children of a tree that is small in the file, and large to walk through. */
  private static final int LEVELS = 7;

  private static final int CHILDREN = 9;
  private static final int NODE_BYTES = 24 + 32 * CHILDREN + 24;

  @TempDir Path directory;

  private Path withLink(boolean external) throws IOException {
    Path secret = Samples.write(directory.resolve("secret.slp"));
    Path file = directory.resolve("labels.slp");
    Hdf5Library.load();
    try (Hdf5Output output = new Hdf5Output(file)) {
      output.group("metadata");
      output.attribute("metadata", "json", "{}");
    }
    long id = H5.H5Fopen(file.toString(), H5F_ACC_RDWR, H5P_DEFAULT);
    try {
      if (external) {
        H5.H5Lcreate_external(
            secret.toString(), "/videos_json", id, "videos_json", H5P_DEFAULT, H5P_DEFAULT);
      } else {
        H5.H5Lcreate_soft("/metadata", id, "videos_json", H5P_DEFAULT, H5P_DEFAULT);
      }
    } finally {
      H5.H5Fclose(id);
    }
    return file;
  }

  @Test
  void aLinkIntoAnotherFileIsNotFollowed() throws IOException {
    for (boolean external : new boolean[] {true, false}) {
      Path file = withLink(external);
      try (SlpFile slp = SlpFile.open(file)) {
        assertThatThrownBy(slp::labels)
            .isInstanceOf(SlpException.class)
            .hasMessageContaining("'videos_json' is a link to another place");
      }
      Path output = directory.resolve("predictions.slp");
      assertThatThrownBy(() -> SlpWriter.writePredictions(file, output, List.of()))
          .isInstanceOf(SlpException.class)
          .hasMessageContaining("'videos_json' is a link to another place");
      assertThat(output).doesNotExist();
    }
  }

  @Test
  void aFileThatIsReadForEverIsGivenUp() throws IOException {
    byte[] bytes = Files.readAllBytes(Samples.write(directory.resolve("labels.slp")));
    Path file = Files.write(directory.resolve("endless.slp"), withLargeTrees(bytes));
    SlpLimits limits = new SlpLimits(1 << 20, Duration.ofMillis(200));
    assertThatThrownBy(
            () -> {
              try (SlpFile slp = SlpFile.open(file, limits)) {
                slp.labels();
              }
            })
        .isInstanceOf(SlpException.class)
        .hasMessageContaining("'" + file + "'")
        .hasMessageContaining("reading it takes longer than");
  }

  /** Makes the index of each list of chunks a tree whose nodes have one node as all children. */
  private static byte[] withLargeTrees(byte[] sound) {
    byte[] bytes = Arrays.copyOf(sound, sound.length + LEVELS * NODE_BYTES);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    byte[] signature = "TREE".getBytes(StandardCharsets.US_ASCII);
    for (int level = 1; level <= LEVELS; level++) {
      int at = sound.length + (level - 1) * NODE_BYTES;
      node(buffer, at, level == LEVELS ? 0 : 1, at + NODE_BYTES, signature);
    }
    int trees = 0;
    for (int at = 0; at < sound.length - NODE_BYTES; at++) {
      boolean tree = Arrays.equals(Arrays.copyOfRange(bytes, at, at + 4), signature);
      if (tree && bytes[at + 4] == 1) {
        node(buffer, at, 1, sound.length, signature);
        trees++;
      }
    }
    assertThat(trees).isPositive();
    return bytes;
  }

  private static void node(ByteBuffer buffer, int at, int level, int child, byte[] signature) {
    buffer.position(at);
    buffer.put(signature).put((byte) 1).put((byte) level);
    buffer.putShort((short) (level == 0 ? 0 : CHILDREN)).putLong(-1).putLong(-1);
    for (int i = 0; i < CHILDREN; i++) {
      buffer.putLong(0).putLong(0).putLong(0).putLong(child);
    }
  }

  @Test
  void aFileThatIsTooLongIsRefused() throws IOException {
    Path file = Samples.write(directory.resolve("labels.slp"));
    SlpLimits limits = new SlpLimits(100, Duration.ofSeconds(9));
    assertThatThrownBy(() -> SlpFile.open(file, limits))
        .isInstanceOf(SlpException.class)
        .hasMessageContaining("'" + file + "'")
        .hasMessageContaining("at most 100 are read");
  }

  @Test
  void limitsThatMakeNoSenseAreNamed() {
    assertThatThrownBy(() -> new SlpLimits(0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    System.setProperty(SlpLimits.MAX_BYTES, "many");
    try {
      assertThatThrownBy(SlpLimits::configured).hasMessageContaining("'many'");
      System.setProperty(SlpLimits.MAX_BYTES, "77");
      assertThat(SlpLimits.configured().maxBytes()).isEqualTo(77);
    } finally {
      System.clearProperty(SlpLimits.MAX_BYTES);
    }
    assertThat(SlpLimits.configured()).isEqualTo(SlpLimits.DEFAULT);
  }
}
