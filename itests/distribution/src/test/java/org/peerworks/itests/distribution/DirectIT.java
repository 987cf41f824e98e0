package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.files.Hashes;
import org.peerworks.signaling.api.JoinRequest;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.SessionString;
import org.peerworks.signaling.client.PeerSignaling;

/** A second transport comes to a worker, and goes, while clients are at work. */
class DirectIT {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String DIRECT = "org.peerworks.transport.direct";

  /** Nobody shall be late on a machine that is busy. */
  private static final String PATIENT =
      "answerTimeoutSeconds = 20\nreachTimeoutSeconds = 60\nhandshakeTimeoutSeconds = 60\n";

  @TempDir Path directory;

  private Lab lab;
  private ScriptedTrainer trainer;
  private Running worker;
  private String session;

  @BeforeEach
  void startWorkerWithPrompt() throws Exception {
    lab = new Lab(directory);
    trainer = new ScriptedTrainer(lab);
    lab.configureWorker(DIRECT, "bindAddress = 127.0.0.1\n" + PATIENT);
    for (String client : List.of("anna", "ben")) {
      lab.configure(client, DIRECT, PATIENT);
    }
    lab.signal();
    worker = lab.worker("--shell");
    session = Lab.session(worker);
  }

  @AfterEach
  void closeLab() throws Exception {
    lab.close();
  }

  @Test
  void comesInTheMiddleOfAnUploadServesTheNextClientAndGoesAgain() throws Exception {
    Path large = trainer.trainingPackage("large.zip", 60_000_000);
    Running first = train("anna", large);
    await().atMost(PATIENCE).until(() -> uploaded() > 1_000_000);
    worker.type("start " + bundle().toUri());
    await().atMost(PATIENCE).until(() -> logged("Accepting peers over 'direct'") == 1);
    first.awaitLine("^Epoch 1/2: ");
    assertThat(received()).containsExactly(Hashes.sha256(large));
    assertThat(connected("webrtc")).isEqualTo(1);

    Path small = trainer.trainingPackage("small.zip", 5_000_000);
    awaitAnnounced();
    String id = id();
    Running second = train("ben", small);
    await().atMost(PATIENCE).until(() -> connected("direct") == 1);
    await().atMost(PATIENCE).until(() -> received().contains(Hashes.sha256(small)));

    worker.type("uninstall " + id);
    second.awaitLine("Connected to worker '.+' again\\.");
    assertThat(connected("webrtc")).isEqualTo(2);
    trainer.go();
    for (Running client : List.of(first, second)) {
      assertThat(client.exit()).as(client.transcript()).isZero();
      assertThat(client.transcript()).contains(" succeeded");
    }
    assertThat(first.transcript()).doesNotContain("Reconnecting");
    assertThat(connected("direct")).isEqualTo(1);
  }

  private Running train(String identity, Path file) throws IOException {
    return lab.clientAs(identity, "client-train", "-s", session, "-p", file.toString());
  }

  /** In the archive, but not started by it. */
  private Path bundle() throws IOException {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(lab.workerHome().resolve("bundles"), DIRECT + "-*.jar")) {
      return found.iterator().next();
    }
  }

  /** The room hears of a change a moment after the worker has made it. */
  private void awaitAnnounced() throws Exception {
    SessionString decoded = SessionString.decode(session);
    PeerSignaling signaling = new PeerSignaling();
    JoinRequest request =
        new JoinRequest(
            lab.server(),
            Optional.of(decoded.roomId()),
            Optional.of(decoded.token()),
            new PeerInfo("", Role.CLIENT, List.of(), Map.of()),
            Optional.empty(),
            false);
    try (Room room = Radio.get(signaling.join(request))) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  Radio.get(room.discover(Role.WORKER)).get(0).properties().get("transports")
                          instanceof Map<?, ?> transports
                      && transports.containsKey("direct"));
    } finally {
      signaling.stop();
    }
  }

  /** The id of the transport's bundle, as the prompt lists it. */
  private String id() {
    int before = worker.out().size();
    Pattern line = Pattern.compile("(\\d+)\\|Active *\\|.*" + Pattern.quote(DIRECT));
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(() -> listed(line, before), found -> found != null);
  }

  private String listed(Pattern line, int from) throws IOException {
    List<String> lines = worker.out();
    for (String each : lines.subList(from, lines.size())) {
      Matcher matcher = line.matcher(each);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    worker.type("lb -s " + DIRECT);
    return null;
  }

  private long connected(String transport) throws IOException {
    return logged("Peer '.+' has connected over '" + transport + "'");
  }

  private long logged(String regex) throws IOException {
    Pattern pattern = Pattern.compile(regex);
    try (Stream<String> lines = Files.lines(lab.workerData().resolve("logs/worker.log"))) {
      return lines.filter(line -> pattern.matcher(line).find()).count();
    }
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
