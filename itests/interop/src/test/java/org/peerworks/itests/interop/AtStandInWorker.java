package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.peerworks.itests.distribution.Running;

/** Our client at stand-in workers. */
final class AtStandInWorker {

  private static final int LARGE = 60_000_000;

  private final Stage stage;
  private final OurClient client;

  AtStandInWorker(Stage stage, OurClient client) {
    this.stage = stage;
    this.client = client;
  }

  void run(Side generation, Deed deed) throws Exception {
    ObjectNode options = StandIns.options().put("generation", generation.toString());
    if (deed == Deed.DISCONNECT) {
      options.put("vanish_at", LARGE / 10);
    }
    if (generation == Side.G3) {
      options
          .put("api_key", stage.account().get("worker_token").textValue())
          .put("mount", stage.mount().toString());
    }
    StandIn worker = start(options);
    try {
      JsonNode ready = worker.expect("ready");
      if (generation == Side.G3) {
        new StructuredAtStandIn(stage, client).run(ready, worker, deed);
      } else {
        run(way(generation, ready), worker, deed);
      }
      // A worker of the first generation stands still at any text that it does not know.
      assertThat(worker.facts("frozen")).as("%s", worker).isEmpty();
      assertThat(worker.facts("task_failed")).as("%s", worker).isEmpty();
    } finally {
      if (worker.facts("ended").findAny().isEmpty()) {
        worker.kill();
      }
    }
  }

  private void run(List<String> way, StandIn worker, Deed deed) throws Exception {
    switch (deed) {
      case TRAIN -> train(way);
      case TRACK -> track(way);
      case CANCEL -> cancel(way, worker);
      case FAILURE -> failure(way);
      case DISCONNECT -> disconnect(way, worker);
    }
  }

  private StandIn start(ObjectNode options) throws IOException {
    return stage.standIns().start("worker", stage.options().setAll(options));
  }

  private static List<String> way(Side generation, JsonNode ready) {
    if (generation == Side.G2) {
      return List.of(
          "--room",
          ready.get("room").textValue(),
          "--token",
          ready.get("token").textValue(),
          "--worker-id",
          ready.get("peer_id").textValue());
    }
    return List.of("-s", ready.get("session").textValue());
  }

  private void train(List<String> way) throws Exception {
    int before = client.models().size();
    Running training = client.train(way, "good", "labels.slp", 3000);

    assertThat(training.exit()).as(training.transcript()).isZero();
    assertThat(client.models()).hasSize(before + 1);
  }

  private void track(List<String> way) throws Exception {
    Path out = stage.lab().desk().resolve("at-stand-in.slp");
    Running tracking = client.track(way, "labels.slp", out);

    assertThat(tracking.exit()).as(tracking.transcript()).isZero();
    assertThat(Files.readString(out)).startsWith("predictions for labels.slp");
  }

  private void cancel(List<String> way, StandIn worker) throws Exception {
    Running training = client.train(way, "slow", "fake-slow.slp", 3000);
    training.awaitLine("Epoch 3");
    training.signal("INT");

    assertThat(training.exit()).as(training.transcript()).isEqualTo(AmongOurs.INTERRUPTED);
    // The one word that ends a training of theirs (sleap-rtc wire format §2.6).
    assertThat(worker.expect("published").get("text").textValue()).contains("\"stop\"");
    worker.expect("program_ended");
  }

  private void failure(List<String> way) throws Exception {
    Running training = client.train(way, "bad", "fake-fail.slp", 3000);

    assertThat(training.exit()).as(training.transcript()).isOne();
    assertThat(training.transcript()).contains("fake was told to fail");
  }

  private void disconnect(List<String> way, StandIn worker) throws Exception {
    Running training = client.train(way, "large", "labels.slp", LARGE);
    worker.expect("vanished");

    assertThat(training.exit()).as(training.transcript()).isEqualTo(AmongOurs.LOST);
  }
}
