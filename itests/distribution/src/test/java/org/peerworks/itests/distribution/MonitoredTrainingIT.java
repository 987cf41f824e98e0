package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.slp.SlpFile;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A training on files of the worker, watched and stopped by a monitor such as SLEAP's beside the
 * client; then a tracking with the model that it left at the worker.
 */
class MonitoredTrainingIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path directory;

  private final ZContext context = new ZContext(1);
  private Lab lab;
  private Path mount;
  private String session;

  @BeforeEach
  void makeLab() throws Exception {
    lab = new Lab(directory);
    lab.signal();
    mount = Files.createDirectories(directory.resolve("vast/lab"));
    String[] sample = {
      "sample", "--out", mount.toString(), "--frames", "4", "--heldout", "2", "--size", "64"
    };
    Running made = lab.builtInTrainer(sample);
    assertThat(made.exit()).as(made.transcript()).isZero();
    lab.configureWorker("org.peerworks.files.resolver", "mounts = vast=" + mount + "\n");
    session = Lab.session(lab.worker());
  }

  @AfterEach
  void closeLab() throws Exception {
    context.close();
    lab.close();
  }

  @Test
  void theMonitorHearsTheTrainerAndStopsItAndTheModelTracksAtTheWorker() throws Exception {
    Files.writeString(
        lab.desk().resolve("endless.yaml"),
        Files.readString(mount.resolve("single_instance.yaml"))
            .replaceFirst("min_train_steps_per_epoch: \\d+", "min_train_steps_per_epoch: 2")
            .replaceFirst("stop_training_on_plateau: true", "stop_training_on_plateau: false"));
    ZMQ.Socket commands = context.createSocket(SocketType.PUB);
    ZMQ.Socket news = context.createSocket(SocketType.SUB);
    news.subscribe("");
    int controller = commands.bindToRandomPort("tcp://127.0.0.1");
    int publish = news.bindToRandomPort("tcp://127.0.0.1");

    Running train =
        lab.client(
            "train",
            "-s",
            session,
            "--labels",
            mount.resolve("train.pkg.slp").toString(),
            "--config",
            "endless.yaml",
            "--max-epochs",
            "10000",
            "--run-name",
            "mine",
            "--no-infer",
            "--controller_port",
            "" + controller,
            "--publish_port",
            "" + publish);
    JsonNode epoch = heard(news, "epoch_end", () -> {});
    assertThat(epoch.path("what").asText()).isEqualTo("single_instance");
    assertThat(epoch.at("/logs").path("train/loss").asDouble()).isPositive();
    // again and again, as a publisher does not know whether anybody has subscribed yet
    heard(news, "train_end", () -> commands.send("{\"command\": \"stop\"}"));
    heard(news, "rtc_close_monitor", () -> {});

    assertThat(train.exit()).as(train.transcript()).isZero();
    assertThat(train.transcript()).contains("monitor asks the training to stop");
    assertThat(log()).contains("Stopped as asked in epoch");
    assertThat(mount.resolve("models/mine/peerworks.safetensors")).isNotEmptyFile();

    Running track =
        lab.client(
            "track",
            "-s",
            session,
            "--data_path",
            mount.resolve("heldout.pkg.slp").toString(),
            "--model_paths",
            mount.resolve("models/mine").toString(),
            "-o",
            "found.slp");
    assertThat(track.exit()).as(track.transcript()).isZero();
    try (SlpFile found = SlpFile.open(lab.desk().resolve("found.slp"))) {
      assertThat(found.summary().videos()).isPositive();
    }
    assertThat(mount.resolve("heldout.pkg.predictions.slp")).isNotEmptyFile();
  }

  /** The next message of that kind; what is between is left out. */
  private static JsonNode heard(ZMQ.Socket news, String event, Runnable meanwhile) {
    return await(event)
        .atMost(PATIENCE)
        .until(
            () -> {
              meanwhile.run();
              for (String text = news.recvStr(ZMQ.DONTWAIT);
                  text != null;
                  text = news.recvStr(ZMQ.DONTWAIT)) {
                JsonNode message = new ObjectMapper().readTree(text);
                if (message.path("event").asText().equals(event)) {
                  return message;
                }
              }
              return null;
            },
            message -> message != null);
  }

  private String log() throws Exception {
    try (Stream<Path> jobs = Files.list(lab.workerData().resolve("jobs"))) {
      return Files.readString(jobs.findFirst().orElseThrow().resolve("log"));
    }
  }
}
