package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.files.Hashes;

/** A client whose connection to its worker is cut without a word, and that goes on. */
class ReconnectIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String LOST =
      "The connection to worker '.+' was lost: .+ Reconnecting \\.\\.\\.";
  private static final String AGAIN = "Connected to worker '.+' again\\.";

  @TempDir Path directory;

  private Lab lab;
  private ScriptedTrainer trainer;
  private Running server;
  private Cable cable;

  @BeforeEach
  void openLab() throws Exception {
    lab = new Lab(directory);
    trainer = new ScriptedTrainer(lab);
    server = lab.signal();
    cable = new Cable(lab.server().webSocket());
    for (String data : List.of("worker-data", "client-data")) {
      lab.configure(data, "org.peerworks.transport.webrtc", "disconnectGraceSeconds = 1\n");
    }
  }

  @AfterEach
  void closeLab() throws Exception {
    cable.close();
    lab.close();
  }

  @Test
  void aLinkThatIsCutInTheUploadAndWhileTheJobRunsCostsTwoLinesEach() throws Exception {
    String session = Lab.session(lab.worker());
    lab.set("SLEAP_RTC_SIGNALING_WS", cable.address().toString());
    Path file = trainer.trainingPackage("labels.v001.zip", 150_000_000);
    Running client = lab.client("client-train", "-s", session, "-p", file.toString());
    await().atMost(PATIENCE).until(() -> uploaded() > 10_000_000);
    cable.cut();
    client.awaitLine(LOST);
    client.awaitLine("[Ee]poch 1");
    assertThat(received()).containsExactly(Hashes.sha256(file));

    server.signal("TERM");
    server.exit();
    lab.set("SLEAP_RTC_SIGNALING_WS", lab.server().webSocket().toString());
    lab.signal();
    cable.cut();
    await().atMost(PATIENCE).until(() -> count(client, AGAIN) == 2);
    trainer.go();

    assertThat(client.exit()).as(client.transcript()).isZero();
    assertThat(count(client, LOST)).as(client.transcript()).isEqualTo(2);
    assertThat(count(client, "Epoch 1/2")).as(client.transcript()).isEqualTo(1);
    assertThat(count(client, "Epoch 2/2")).as(client.transcript()).isEqualTo(1);
    assertThat(cable.relays()).isGreaterThanOrEqualTo(3);
  }

  private static long count(Running process, String regex) {
    Pattern pattern = Pattern.compile(regex);
    return Stream.concat(process.out().stream(), process.err().stream())
        .filter(line -> pattern.matcher(line).find())
        .count();
  }

  /** Hashes of the inputs that jobs have. */
  private List<String> received() throws IOException {
    List<String> hashes = new java.util.ArrayList<>();
    for (Path file : files("jobs")) {
      if (file.getParent().endsWith("input")) {
        hashes.add(Hashes.sha256(file));
      }
    }
    return hashes;
  }

  private long uploaded() throws IOException {
    long bytes = 0;
    for (Path file : files("uploads")) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private List<Path> files(String folder) throws IOException {
    Path root = lab.workerData().resolve(folder);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
