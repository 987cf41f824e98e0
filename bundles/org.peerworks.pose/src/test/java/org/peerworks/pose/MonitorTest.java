package org.peerworks.pose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A monitor such as SLEAP's, which binds both ports, hears the training and stops it. */
class MonitorTest {

  private static final int MANY = 100_000;

  @TempDir Path directory;

  @Test
  void aMonitorHearsTheTrainingAndStopsIt() throws Exception {
    String here = directory.toString();
    assertThat(
            new Program()
                .run("sample", "--out", here, "--frames", "6", "--heldout", "2", "--size", "64"))
        .isZero();
    try (ZContext context = new ZContext()) {
      ZMQ.Socket control = context.createSocket(SocketType.PUB);
      ZMQ.Socket messages = context.createSocket(SocketType.SUB);
      messages.subscribe("");
      messages.setReceiveTimeOut(60_000);
      int controller = control.bindToRandomPort("tcp://127.0.0.1");
      int publish = messages.bindToRandomPort("tcp://127.0.0.1");
      CompletableFuture<List<JsonNode>> monitor =
          CompletableFuture.supplyAsync(() -> stopAfterTwoEpochs(messages, control));
      Program program = new Program();
      // on this thread: PyTorch's bindings keep a mode for each thread
      int status =
          program.run(
              "train",
              "--config-name",
              "single_instance",
              "--config-dir",
              here,
              "data_config.train_labels_path=[" + here + "/train.pkg.slp]",
              "trainer_config.ckpt_dir=" + here + "/models",
              "trainer_config.run_name=tiny",
              "trainer_config.max_epochs=" + MANY,
              "trainer_config.early_stopping.stop_training_on_plateau=false",
              "trainer_config.min_train_steps_per_epoch=3",
              "model_config.backbone_config.unet.filters=2",
              "model_config.backbone_config.unet.max_stride=4",
              "++trainer_config.zmq.controller_port=" + controller,
              "++trainer_config.zmq.publish_port=" + publish);

      assertThat(status).as(program::err).isZero();
      List<JsonNode> heard = monitor.get(60, TimeUnit.SECONDS);
      assertThat(program.out()).contains("Stopped as asked in epoch");
      JsonNode end =
          heard.stream()
              .filter(e -> e.path("event").asText().equals("epoch_end"))
              .findFirst()
              .orElseThrow();
      assertThat(end.path("what").asText()).isEqualTo("single_instance");
      assertThat(end.path("epoch").isInt()).isTrue();
      assertThat(end.path("logs").path("train/loss").asDouble()).isPositive();
      assertThat(end.path("logs").path("val/loss").asDouble()).isPositive();
      assertThat(heard)
          .extracting(e -> e.path("event").asText())
          .contains("epoch_begin", "batch_end");
    }
    assertThat(directory.resolve("models/tiny/last.safetensors")).isNotEmptyFile();
    assertThat(directory.resolve("models/tiny/peerworks.safetensors")).isNotEmptyFile();
  }

  private static List<JsonNode> stopAfterTwoEpochs(ZMQ.Socket messages, ZMQ.Socket control) {
    List<JsonNode> heard = new ArrayList<>();
    int epochs = 0;
    while (heard.isEmpty() || !event(heard).equals("train_end")) {
      byte[] message = messages.recv();
      if (message == null) {
        throw new IllegalStateException("The training says nothing any more, after " + heard);
      }
      try {
        heard.add(new ObjectMapper().readTree(message));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (event(heard).equals("epoch_end") && ++epochs >= 2) {
        control.send("{\"command\": [\"stop\"]}");
        control.send("no JSON");
        control.send("{\"command\": \"stop\"}");
      }
    }
    return heard;
  }

  private static String event(List<JsonNode> heard) {
    return heard.get(heard.size() - 1).path("event").asText();
  }
}
