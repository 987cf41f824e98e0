package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client does on Ctrl-C while a program of its job does not end. */
class SignalIT {

  @TempDir Path directory;

  private Lab lab;
  private ScriptedTrainer trainer;

  @BeforeEach
  void openLab() throws Exception {
    lab = new Lab(directory);
    trainer = new ScriptedTrainer(lab);
    lab.signal();
  }

  @AfterEach
  void closeLab() throws Exception {
    trainer.go();
    lab.close();
  }

  @Test
  void aSecondCtrlCLeavesAProgramThatDoesNotEndToTheWorker() throws Exception {
    // The worker would be patient for longer than anybody waits for this test.
    lab.configureWorker("org.peerworks.job.engine", "stopGraceSeconds = 600\n");
    trainer.ignoreSignals();
    Running worker = lab.worker();
    String session = Lab.session(worker);
    Running client = train(session);
    client.awaitLine("[Ee]poch 1");

    client.signal("INT");
    client.awaitLine("Cancelling job .+; press Ctrl-C again to leave at once");
    assertThat(client.isAlive()).as(client.transcript()).isTrue();
    client.signal("INT");

    assertThat(client.exit()).as(client.transcript()).isEqualTo(130);
    assertThat(client.transcript()).doesNotContain("is cancelled");
    assertThat(trainer.isRunning()).isTrue();
    assertThat(worker.isAlive()).as(worker.transcript()).isTrue();
  }

  private Running train(String session) throws IOException {
    String zip = trainer.trainingPackage("labels.v001.zip", 1000).toString();
    return lab.client("client-train", "-s", session, "-p", zip);
  }
}
