package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.peerworks.itests.distribution.Running;

/** Our client at our worker. */
final class AmongOurs {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LARGE = 200_000_000;

  /** Exit status of a client that was interrupted. */
  static final int INTERRUPTED = 130;

  /** Exit status of a client whose worker has gone. */
  static final int LOST = 3;

  private final Stage stage;
  private final OurClient client;

  AmongOurs(Stage stage, OurClient client) {
    this.stage = stage;
    this.client = client;
  }

  void run(Deed deed) throws Exception {
    List<String> way = List.of("-s", stage.session());
    switch (deed) {
      case TRAIN -> train(way);
      case TRACK -> track(way);
      case CANCEL -> cancel(way);
      case FAILURE -> failure(way);
      case DISCONNECT -> disconnect(way);
    }
  }

  private void train(List<String> way) throws Exception {
    int before = client.models().size();
    Running training = client.train(way, "good", "labels.slp", 3000);

    assertThat(training.exit()).as(training.transcript()).isZero();
    assertThat(client.models()).hasSize(before + 1);
  }

  private void track(List<String> way) throws Exception {
    Path out = stage.lab().desk().resolve("ours.slp");
    Running tracking = client.track(way, "labels.slp", out);

    assertThat(tracking.exit()).as(tracking.transcript()).isZero();
    assertThat(Files.readString(out)).startsWith("predictions for labels.slp");
  }

  private void cancel(List<String> way) throws Exception {
    Running training = client.train(way, "slow", "fake-slow.slp", 3000);
    training.awaitLine("Epoch 3");
    training.signal("INT");

    assertThat(training.exit()).as(training.transcript()).isEqualTo(INTERRUPTED);
  }

  private void failure(List<String> way) throws Exception {
    Running training = client.train(way, "bad", "fake-fail.slp", 3000);

    assertThat(training.exit()).as(training.transcript()).isOne();
    assertThat(training.transcript()).contains("fake was told to fail");
  }

  private void disconnect(List<String> way) throws Exception {
    Running training = client.train(way, "large", "labels.slp", LARGE);
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(this::uploadsHaveBegun);
    training.signal("KILL");
    training.exit();

    train(way);
  }

  private boolean uploadsHaveBegun() throws Exception {
    Path root = stage.lab().workerData().resolve("uploads");
    if (!Files.exists(root)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.anyMatch(file -> Files.isRegularFile(file) && file.toFile().length() > 0);
    }
  }
}
