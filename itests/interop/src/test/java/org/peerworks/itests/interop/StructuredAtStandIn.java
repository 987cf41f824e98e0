package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.peerworks.itests.distribution.Running;

/** Our commands {@code train} and {@code track} at a stand-in worker of the third generation. */
final class StructuredAtStandIn {

  private static final int LARGE = 60_000_000;

  private final Stage stage;
  private final OurClient client;

  StructuredAtStandIn(Stage stage, OurClient client) {
    this.stage = stage;
    this.client = client;
  }

  void run(JsonNode ready, StandIn worker, Deed deed) throws Exception {
    switch (deed) {
      case TRAIN -> {
        Running training = train(ready, "labels.slp");
        assertThat(training.exit()).as(training.transcript()).isZero();
        assertThat(worker.facts("sent").map(fact -> fact.get("text").textValue()))
            .anyMatch(text -> text.startsWith("JOB_COMPLETE::"));
      }
      case TRACK -> track(ready);
      case CANCEL -> {
        Running training = train(ready, "fake-slow.slp");
        training.awaitLine("Epoch 3");
        training.signal("INT");
        assertThat(training.exit()).as(training.transcript()).isEqualTo(AmongOurs.INTERRUPTED);
        worker.awaitGot("JOB_CANCEL");
        worker.expect("program_ended");
      }
      case FAILURE -> {
        Running training = train(ready, "fake-fail.slp");
        assertThat(training.exit()).as(training.transcript()).isOne();
        assertThat(training.transcript()).contains("fake was told to fail");
      }
      case DISCONNECT -> {
        Running training = run(client.words("client-train", way(ready), "large", LARGE));
        worker.expect("vanished");
        assertThat(training.exit()).as(training.transcript()).isEqualTo(AmongOurs.LOST);
      }
    }
  }

  private Running train(JsonNode ready, String labels) throws IOException {
    String config = client.config(labels);
    List<String> words = new ArrayList<>(List.of("train"));
    words.addAll(way(ready));
    words.addAll(List.of("-c", config, "--labels", atWorker(labels).toString()));
    return run(words);
  }

  private void track(JsonNode ready) throws Exception {
    Path out = stage.lab().desk().resolve("structured.slp");
    Files.deleteIfExists(out);
    List<String> words = new ArrayList<>(List.of("track"));
    words.addAll(way(ready));
    words.addAll(
        List.of(
            "-d",
            atWorker("labels.slp").toString(),
            "-m",
            stage.model().toString(),
            "-o",
            out.getFileName().toString()));
    Running tracking = run(words);
    assertThat(tracking.exit()).as(tracking.transcript()).isZero();
    assertThat(Files.readString(out)).startsWith("predictions for labels.slp");
  }

  private Path atWorker(String labels) throws IOException {
    return new Packages(stage.mount()).labels(labels);
  }

  private List<String> way(JsonNode ready) throws IOException {
    return List.of(
        "--room",
        stage.account().get("room").textValue(),
        "--worker-id",
        ready.get("peer_id").textValue());
  }

  private Running run(List<String> words) throws IOException {
    return stage
        .lab()
        .clientWith(
            Map.of("SLEAP_RTC_ACCOUNT_KEY", stage.account().get("account_key").textValue()),
            words.toArray(String[]::new));
  }
}
