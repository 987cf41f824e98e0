package org.peerworks.itests.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles are installed on a worker through its shell, and are there after whatever happens. */
class DeployIT {

  private static final String TOY = System.getProperty("peerworks.toy");
  private static final String NAME = "org.peerworks.itests.toy";

  @TempDir Path directory;

  private Worker worker;

  @BeforeEach
  void startWorker() throws Exception {
    worker = Worker.start(directory.resolve("data"), Map.of());
    worker.awaitShell("job:types", "train");
  }

  @AfterEach
  void stopWorker() {
    worker.close();
  }

  @Test
  void whatIsInstalledServesJobsAndSurvivesTheLossOfTheFrameworksDirectory() throws Exception {
    assertThat(worker.shell("bundle:install --dry-run " + TOY))
        .contains("added      " + NAME)
        .contains("Nothing was changed");
    assertThat(worker.shell("job:types")).doesNotContain("shout");
    assertThat(worker.shell("bundle:install " + TOY)).contains("Transaction 1 is committed");
    worker.awaitShell("job:types", "shout");
    shout();
    assertThatThrownBy(() -> worker.shell("bundle:install " + TOY))
        .hasMessageContaining("is already installed");

    worker.close();
    delete(directory.resolve("data/framework"));
    startWorker();
    worker.awaitShell("job:types", "shout");
    shout();
    assertThat(worker.shell("deploy:list --json")).contains(NAME).contains("runs");
    assertThat(worker.shell("deploy:history --json")).contains("committed").contains("refused");

    assertThat(worker.shell("bundle:remove " + NAME)).contains("is committed");
    assertThat(worker.shell("job:types")).doesNotContain("shout");
    assertThat(worker.shell("deploy:rollback 1")).contains("is committed");
    worker.awaitShell("job:types", "shout");
  }

  @Test
  void whatDeploysAndWhatIsNativeIsNotSwappedWhileTheWorkerRuns() throws Exception {
    Path home = Path.of(System.getProperty("peerworks.worker.home"), "bundles");
    for (String name : List.of("org.peerworks.deploy", "org.peerworks.transport.webrtc")) {
      Path shipped;
      try (Stream<Path> jars = Files.list(home)) {
        shipped =
            jars.filter(jar -> jar.getFileName().toString().startsWith(name + "-"))
                .findFirst()
                .orElseThrow();
      }
      Path update = Jars.withVersion(shipped, "9.0.0", directory.resolve(name + "-9.jar"));
      assertThat(worker.shell("bundle:install " + update)).contains("Restart to update");
    }
    worker.close();
    startWorker();
    assertThat(worker.bundle("org.peerworks.transport.webrtc").getVersion().toString())
        .isEqualTo("9.0.0");
    worker.awaitShell("deploy:history", "committed");
  }

  private void shout() throws Exception {
    String shown = worker.shell("job:submit shout '{\"text\": \"hello\"}'");
    String id = shown.replaceAll("(?s).*id=([^,\\]]+).*", "$1");
    worker.awaitShell("job:show " + id, "SUCCEEDED");
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
