package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose configuration names a trainer that is not there. */
class MissingTrainerIT {

  @TempDir Path directory;

  @Test
  void theTrainerIsNamedAndMayBeInstalledLater() throws Exception {
    Lab lab = new Lab(directory);
    try {
      ScriptedTrainer trainer = new ScriptedTrainer(lab);
      trainer.go();
      Path program = directory.resolve("trainer/sleap-nn");
      Path elsewhere = Files.move(program, directory.resolve("elsewhere"));
      lab.signal();
      Running worker = lab.worker();
      String session = Lab.session(worker);
      String pack = trainer.trainingPackage("labels.zip", 1000).toString();

      Running client = lab.client("client-train", "-s", session, "-p", pack);
      assertThat(client.exit()).as(client.transcript()).isEqualTo(1);
      assertThat(String.join("\n", client.err())).contains(program.toString());
      try (Stream<Path> files = Files.walk(lab.workerData())) {
        assertThat(files.map(Path::toString))
            .as("what came in stays, so that the job can be tried again")
            .anyMatch(file -> file.matches(".*/jobs/[^/]+/input/labels.zip"))
            .noneMatch(file -> file.matches(".*/jobs/[^/]+/work/.*"));
      }

      Files.move(elsewhere, program);
      Running again = lab.client("client-train", "-s", session, "-p", pack);
      assertThat(again.exit()).as(again.transcript()).isZero();
      assertThat(worker.isAlive()).isTrue();
    } finally {
      lab.close();
    }
  }
}
