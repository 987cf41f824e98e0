package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The system calls of a worker that takes jobs in. */
class SyncIT {

  private static final int JOBS = 4;

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
    lab.close();
  }

  @Test
  void aJobIsWrittenAndSyncedBeforeItIsAcknowledged() throws Exception {
    Path trace = directory.resolve("trace");
    Running worker =
        lab.workerUnder(
            List.of(
                // The tracer is a grandchild, so that signals reach the worker itself.
                "strace",
                "-D",
                "-f",
                "-yy",
                "--seccomp-bpf",
                "--quiet=all",
                "-s",
                "10000",
                "-e",
                "trace=write,pwrite64,fsync,fdatasync",
                "-o",
                trace.toString()));
    String session = Lab.session(worker);
    trainer.go();
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      String pack = trainer.trainingPackage("labels" + i + ".zip", 1000).toString();
      Running client = lab.client("client-train", "-s", session, "-p", pack);
      jobs.add(client.awaitLine("Job (\\S+) was accepted").group(1));
      assertThat(client.exit()).as(client.transcript()).isZero();
    }
    worker.signal("TERM");
    assertThat(worker.exit()).as(worker.transcript()).isZero();

    SystemCalls calls = SystemCalls.read(trace);
    for (String job : jobs) {
      int written = calls.first(0, "pwrite64\\(\\d+<[^>]*peerworks\\.db-wal>.*" + job);
      int synced =
          calls.first(
              written,
              "^"
                  + calls.thread(written)
                  + " +f(data)?sync\\(\\d+<[^>]*peerworks\\.db-wal>\\) += 0");
      int inputSynced =
          calls.first(0, "sync\\(\\d+<[^>]*/jobs/" + job + "/input/labels\\d\\.zip>\\) += 0");
      int acknowledged = calls.first(0, "worker\\.log>.*Accepted job '" + job + "'");
      assertThat(written).as("record of job %s is written", job).isLessThan(synced);
      assertThat(synced).as("record of job %s is synced", job).isLessThan(acknowledged);
      assertThat(inputSynced).as("input of job %s is synced", job).isLessThan(acknowledged);
      for (String entry :
          List.of("/" + job + "/input", "/" + job + "/request\\.json", "/" + job, "")) {
        int entrySynced = calls.first(inputSynced, "sync\\(\\d+<[^>]*/jobs" + entry + ">\\) += 0");
        assertThat(entrySynced).as("'jobs%s' is synced", entry).isLessThan(acknowledged);
      }
    }
  }
}
