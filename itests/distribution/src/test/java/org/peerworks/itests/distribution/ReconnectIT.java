package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
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
  }

  /** Makes it quick to give a connection up. */
  private void hasty() throws IOException {
    for (String data : List.of("worker-data", "client-data")) {
      lab.configure(data, "org.peerworks.transport.webrtc", "disconnectGraceSeconds = 1\n");
    }
  }

  private Running client(Path file, String session) throws IOException {
    lab.set("SLEAP_RTC_SIGNALING_WS", cable.address().toString());
    return lab.client("client-train", "-s", session, "-p", file.toString());
  }

  @AfterEach
  void closeLab() throws Exception {
    cable.close();
    lab.close();
  }

  @Test
  void aLinkThatIsCutInTheUploadCostsOneLineWhenItIsLostAndOneWhenItIsBack() throws Exception {
    hasty();
    cable = new Cable(lab.server().webSocket(), false);
    Path file = trainer.trainingPackage("labels.v001.zip", 60_000_000);
    Running client = client(file, Lab.session(lab.worker()));
    await().atMost(PATIENCE).until(() -> uploaded() > 2_000_000);
    cable.cut();
    client.awaitLine("^Epoch 1/2: ");
    assertThat(received()).containsExactly(Hashes.sha256(file));
    trainer.go();
    assertThat(client.exit()).as(client.transcript()).isZero();
    assertGoneOn(client);
    assertThat(cable.relays()).isGreaterThanOrEqualTo(2);
  }

  @Test
  @Tag("long")
  void aServerThatWasStartedAnewMeanwhileLeadsBackToo() throws Exception {
    hasty();
    cable = new Cable(lab.server().webSocket(), false);
    Path file = trainer.trainingPackage("labels.v001.zip", 1000);
    Running client = client(file, Lab.session(lab.worker()));
    client.awaitLine("[Ee]poch 1");
    server.signal("TERM");
    server.exit();
    lab.set("SLEAP_RTC_SIGNALING_WS", lab.server().webSocket().toString());
    lab.signal();
    cable.cut();
    client.awaitLine(AGAIN);
    trainer.go();
    assertThat(client.exit()).as(client.transcript()).isZero();
    assertGoneOn(client);
  }

  private static void assertGoneOn(Running client) {
    assertThat(count(client, LOST)).as(client.transcript()).isEqualTo(1);
    assertThat(count(client, AGAIN)).as(client.transcript()).isEqualTo(1);
    assertThat(count(client, "^Epoch 1/2: ")).as(client.transcript()).isEqualTo(1);
    assertThat(count(client, "^Epoch 2/2: ")).as(client.transcript()).isEqualTo(1);
  }

  @Test
  @Tag("long")
  void aNetworkPathThatIsLostIsReplacedWithoutAWord() throws Exception {
    cable = new Cable(lab.server().webSocket(), true);
    Running client =
        client(trainer.trainingPackage("labels.v001.zip", 1000), Lab.session(lab.worker()));
    client.awaitLine("[Ee]poch 1");
    cable.cut();
    await().atMost(PATIENCE).until(() -> cable.relays() > 1);
    trainer.go();
    assertThat(client.exit()).as(client.transcript()).isZero();
    assertThat(count(client, LOST)).as(client.transcript()).isZero();
    assertThat(count(client, "^Epoch 2/2: ")).as(client.transcript()).isEqualTo(1);
  }

  private static long count(Running process, String regex) {
    Pattern pattern = Pattern.compile(regex);
    return Stream.concat(process.out().stream(), process.err().stream())
        .filter(line -> pattern.matcher(line).find())
        .count();
  }

  /** Hashes of the inputs that jobs have. */
  private List<String> received() throws IOException {
    List<String> hashes = new ArrayList<>();
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
