package org.peerworks.pose.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.pose.UserError;
import org.peerworks.pose.config.HeadConfig;
import org.peerworks.pose.config.ModelConfig;

class WeightsTest {

  @TempDir Path directory;

  private NDManager manager;
  private Path file;

  @BeforeEach
  void open() {
    Torch.prepare();
    manager = NDManager.newBaseManager("PyTorch");
    file = directory.resolve("weights.safetensors");
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private Block network(int filters) {
    HeadConfig head =
        new HeadConfig(HeadConfig.Type.SINGLE_INSTANCE, List.of(), Optional.empty(), 5, 2);
    Block network = new UNet(new ModelConfig(1, 3, filters, 2, 4, 1, true, false, head), 3);
    network.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 16, 16));
    return network;
  }

  private static List<float[]> values(Block network) {
    return network.getParameters().stream()
        .map(p -> p.getValue().getArray().toFloatArray())
        .toList();
  }

  @Test
  void whatIsSavedIsLoaded() throws IOException, UserError {
    Block one = network(4);
    Block other = network(4);
    assertThat(values(other).get(0)).isNotEqualTo(values(one).get(0));

    Weights.save(one, file, Map.of());
    Weights.load(other, file);

    assertThat(values(other)).usingRecursiveComparison().isEqualTo(values(one));
    assertThat(directory.toFile().list()).containsExactly("weights.safetensors");
  }

  @Test
  void whatTheFileTellsIsReadAgainAndFilesOfOthersAreRefused() throws IOException, UserError {
    Weights.save(network(2), file, Map.of("epochs", "7"));
    assertThat(Weights.about(file)).containsEntry("epochs", "7");

    byte[] header = "{\"__metadata__\":{\"format\":\"pt\"}}".getBytes(StandardCharsets.UTF_8);
    ByteBuffer foreign = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, foreign.putLong(header.length).put(header).array());
    assertThatThrownBy(() -> Weights.about(file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("weights.safetensors");
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() throws IOException {
    Weights.save(network(4), file, Map.of());
    Block larger = network(6);
    assertThatThrownBy(() -> Weights.load(larger, file))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("shape");
  }

  @Test
  void damagedFilesAreRefusedOrLoaded() throws IOException {
    Block network = network(2);
    Weights.save(network, file, Map.of());
    byte[] sound = Files.readAllBytes(file);
    for (int length = 0; length < sound.length; length += 101) {
      Files.write(file, Arrays.copyOf(sound, length));
      assertThatThrownBy(() -> Weights.load(network, file)).isInstanceOf(UserError.class);
    }
    Random random = new Random(3);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = sound.clone();
      damaged[random.nextInt(700)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      try {
        Weights.load(network, file);
      } catch (UserError e) {
        refused++;
        assertThat(e).hasMessageContaining("weights.safetensors");
      }
    }
    assertThat(refused).isPositive();
  }
}
