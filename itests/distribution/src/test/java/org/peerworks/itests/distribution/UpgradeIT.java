package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real worker out of the archive is installed as a service, upgraded while it trains, refuses a
 * broken version and goes back. A stand-in plays systemd.
 */
class UpgradeIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path directory;

  private Lab lab;
  private ScriptedTrainer trainer;
  private Path standIn;
  private Path prefix;

  @BeforeEach
  void openLab() throws Exception {
    lab = new Lab(directory);
    trainer = new ScriptedTrainer(lab);
    standIn = Files.createDirectories(directory.resolve("stand-in"));
    Path program = standIn.resolve("systemctl");
    try (InputStream in = UpgradeIT.class.getResourceAsStream("systemctl")) {
      Files.copy(in, program);
    }
    assertThat(program.toFile().setExecutable(true)).isTrue();
    lab.set("STANDIN", standIn.toString());
    lab.set("PATH", standIn + ":" + System.getenv("PATH"));
    lab.configure("anna", "org.peerworks.protocol.peerworks", "reconnectSeconds = 60\n");
    lab.configure("anna", "org.peerworks.transport.webrtc", "disconnectGraceSeconds = 1\n");
    prefix = lab.userHome().resolve(".local/lib/peerworks");
    lab.signal();
  }

  @AfterEach
  void closeLab() throws Exception {
    systemctl("stop", "peerworks-worker.service");
    lab.close();
  }

  @Test
  void aServiceIsUpgradedWhileItTrainsRefusesABrokenVersionAndGoesBack() throws Exception {
    assertThat(worker("install-service", "--user").exit()).isZero();
    String first = current();
    systemctl("start", "--no-block", "peerworks-worker.service");
    Running client =
        lab.clientAs(
            "anna",
            "client-train",
            "-s",
            session(),
            "-p",
            trainer.trainingPackage("labels.zip", 1000).toString());
    client.awaitLine("[Ee]poch 1");

    Path archive = archive();
    Running upgrade = worker("upgrade", archive.toString(), "--user", "--watch", "1");
    assertThat(upgrade.exit()).as(upgrade.transcript() + journal()).isZero();
    String second = current();
    assertThat(second).startsWith(first + ".");
    assertThat(trainer.isRunning()).as("the training goes on").isTrue();
    client.awaitLine("Connected to worker '.+' again\\.");
    trainer.go();
    assertThat(client.exit()).as(client.transcript() + journal()).isZero();

    Running broken = worker("upgrade", broken(), "--user", "--watch", "1");
    assertThat(broken.exit()).as(broken.transcript()).isEqualTo(1);
    assertThat(broken.transcript())
        .contains("It did not come up. It ended with status 71.")
        .contains("Version " + second + " runs again");
    assertThat(current()).isEqualTo(second);
    assertThat(active()).isTrue();

    Running back = worker("rollback", "--user", "--watch", "1");
    assertThat(back.exit()).as(back.transcript() + journal()).isZero();
    assertThat(current()).isEqualTo(first);
    assertThat(active()).isTrue();
  }

  private Running worker(String command, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("worker", command));
    words.addAll(List.of(more));
    return lab.atWorker(List.of(), words.toArray(String[]::new));
  }

  private String current() throws IOException {
    return Files.readSymbolicLink(prefix.resolve("current")).getFileName().toString();
  }

  private String session() throws IOException {
    await().atMost(PATIENCE).until(() -> journal().contains("sleap-session:"));
    Matcher session = Pattern.compile("sleap-session:[A-Za-z0-9_=-]+").matcher(journal());
    assertThat(session.find()).isTrue();
    return session.group();
  }

  private String journal() throws IOException {
    Path journal = standIn.resolve("journal");
    return Files.exists(journal) ? "\n" + Files.readString(journal) : "";
  }

  private boolean active() throws IOException {
    return Files.readString(standIn.resolve("state.json")).contains("\"active\"");
  }

  private void systemctl(String... words) throws Exception {
    Running running =
        lab.bashAtWorker(standIn.resolve("systemctl") + " --user " + String.join(" ", words));
    assertThat(running.exit()).as(running.transcript()).isZero();
  }

  private static Path archive() throws IOException {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(
            Path.of(System.getProperty("peerworks.archives")), "peerworks-worker-*.tar.gz")) {
      return found.iterator().next();
    }
  }

  /** An archive that says what it is, and cannot start, as its bundles are missing. */
  private String broken() throws Exception {
    Path file = directory.resolve("peerworks-worker-9.9.9.tar.gz");
    Running tar =
        lab.bashAtWorker(
            "cd "
                + lab.workerHome()
                + " && tar -czf "
                + file
                + " --transform 's,^,peerworks-worker-9.9.9/,' bin lib features config && cd "
                + directory
                + " && sha256sum "
                + file.getFileName()
                + " > SHA256SUMS");
    assertThat(tar.exit()).as(tar.transcript()).isZero();
    return file.toString();
  }
}
