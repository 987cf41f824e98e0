package org.peerworks.pose.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.pose.config.HeadConfig;
import org.peerworks.pose.config.ModelConfig;

class FoldedUNetTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void itAnswersAsTheNetworkThatItWasMadeOf(int channels) {
    Torch.prepare();
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      HeadConfig head = new HeadConfig(HeadConfig.Type.CENTROID, List.of(), Optional.empty(), 5, 2);
      UNet network = new UNet(new ModelConfig(channels, 3, 4, 2, 8, 2, true, false, head), 2);
      network.initialize(manager, DataType.FLOAT32, new Shape(1, channels, 32, 48));
      for (Pair<String, Parameter> parameter : network.getParameters()) {
        NDArray array = parameter.getValue().getArray();
        array.muli(0).addi(manager.randomUniform(0.1f, 0.9f, array.getShape()));
      }
      NDArray images = manager.randomUniform(0, 1, new Shape(2, channels, 32, 48));

      NDArray wanted =
          network
              .forward(new ParameterStore(manager, false), new NDList(images), false)
              .singletonOrThrow();
      NDArray answer = new FoldedUNet(network, manager).answer(images);

      assertThat(answer.getShape()).isEqualTo(new Shape(2, 2, 16, 24));
      float largest = wanted.abs().max().getFloat();
      assertThat(answer.sub(wanted).abs().max().getFloat() / largest).isCloseTo(0, within(1e-4f));
      assertThat(answer.get(0).sub(answer.get(1)).abs().max().getFloat() / largest)
          .isGreaterThan(1e-4f);
      float[] one = answer.get("1, 0, 3, :").toFloatArray();
      float[] all = answer.toFloatArray();
      assertThat(all[2 * 16 * 24 + 3 * 24 + 5]).isEqualTo(one[5]);
    }
  }
}
