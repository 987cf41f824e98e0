package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers and workers that cannot start, and leave those alone that have. */
class BadStartIT {

  /** Takes from root what lets it write where nobody may. */
  private static final List<String> NO_PRIVILEGES =
      List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");

  @TempDir Path directory;

  private Lab lab;

  @BeforeEach
  void openLab() throws Exception {
    lab = new Lab(directory);
  }

  @AfterEach
  void closeLab() throws Exception {
    lab.close();
  }

  @Test
  void portsInUseAreNamed() throws Exception {
    lab.signal();

    Running second = lab.signalAt("other-signal");
    assertThat(second.exit()).as(second.transcript()).isEqualTo(3);
    assertThat(second.transcript()).contains("cannot listen at ws://127.0.0.1:" + lab.port());

    Running worker = lab.worker("--with-signal");
    assertThat(worker.exit()).as(worker.transcript()).isEqualTo(3);
    assertThat(worker.transcript())
        .contains("cannot listen at ws://127.0.0.1:" + lab.port())
        .doesNotContain("sleap-session:");
  }

  @Test
  void aSecondWorkerLeavesTheFirstOneAlone() throws Exception {
    lab.signal();
    ScriptedTrainer trainer = new ScriptedTrainer(lab);
    trainer.go();
    Running first = lab.worker();
    String session = Lab.session(first);

    Running second = lab.worker();
    assertThat(second.exit()).as(second.transcript()).isEqualTo(72);
    assertThat(second.transcript())
        .contains("process " + first.pid())
        .contains("'" + lab.workerData() + "'")
        .doesNotContain("sleap-session:");

    String good = trainer.trainingPackage("good.zip", 1000).toString();
    Running client = lab.client("client-train", "-s", session, "-p", good);
    assertThat(client.exit()).as(client.transcript()).isZero();
    first.signal("TERM");
    assertThat(first.exit()).as(first.transcript()).isZero();
    Lab.session(lab.worker());
  }

  @Test
  void workerAndSignallingServerMayShareADataDirectory() throws Exception {
    lab.signalAt("worker-data").awaitLine("(?i)listening|http://");
    Lab.session(lab.worker());
  }

  @Test
  void aReadOnlyDataDirectoryIsNamed() throws Exception {
    Path data = Files.createDirectories(lab.workerData());
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-xr-xr-x"));

    Running worker = lab.workerUnder(asNobodySpecial());

    assertThat(worker.exit()).as(worker.transcript()).isEqualTo(72);
    assertThat(worker.transcript()).contains("'" + data + "'").contains("read-only");
    try (Stream<Path> left = Files.list(data)) {
      assertThat(left).isEmpty();
    }
  }

  /** What a command line begins with that shall be bound by the rights of files. */
  static List<String> asNobodySpecial() {
    return "root".equals(System.getProperty("user.name")) ? NO_PRIVILEGES : List.of();
  }
}
