package org.peerworks.itests.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Job types come, stop and go on a running worker; everything else goes on. */
class HotJobTypesIT {

  private static final Pattern ID = Pattern.compile("id=([^,\\]]+)");

  @TempDir Path directory;

  private Worker worker;
  private Trainer trainer;

  @BeforeEach
  void startWorker() throws Exception {
    trainer = new Trainer(directory);
    worker =
        Worker.start(
            directory.resolve("data"),
            Map.of("org.peerworks.job.process", trainer.configuration()));
    worker.awaitShell("job:types", "train");
  }

  @AfterEach
  void stopWorker() {
    worker.close();
  }

  @Test
  void aJarDroppedIntoTheRunningFrameworkRunsItsJob() throws Exception {
    assertThatThrownBy(() -> worker.shell("job:submit shout '{\"text\": \"hello\"}'"))
        .hasMessageContaining("shout");
    Bundle toy = worker.install(Path.of(System.getProperty("peerworks.toy")));
    worker.awaitShell("job:types", "shout");
    String id = id(worker.shell("job:submit shout '{\"text\": \"hello\"}'"));
    worker.awaitShell("job:show " + id, "SUCCEEDED");
    assertThat(worker.shell("job:log " + id)).contains("Shouting 5 characters");

    toy.uninstall();
    assertThatThrownBy(() -> worker.shell("job:submit shout '{\"text\": \"hello\"}'"))
        .hasMessageContaining("shout");
  }

  @Test
  void aStoppedTypeIsRefusedByNameWhileItsRunningJobEndsAndOthersGoOn() throws Exception {
    Path labels = trainingPackage();
    String running = id(worker.shell("job:submit train '{}' " + labels));
    worker.awaitShell("job:log " + running, "Epoch 1/2");

    worker.bundle("org.peerworks.job.train").stop();
    assertThatThrownBy(() -> worker.shell("job:submit train '{}' " + labels))
        .hasMessageContaining("train");
    assertThat(worker.shell("job:types")).contains("track").doesNotContain("train");

    Files.createFile(trainer.go());
    worker.awaitShell("job:show " + running, "SUCCEEDED");

    worker.bundle("org.peerworks.job.train").start();
    worker.awaitShell("job:types", "train");
    String again = id(worker.shell("job:submit train '{}' " + labels));
    worker.awaitShell("job:show " + again, "SUCCEEDED");
  }

  @Test
  void cancelEndsTheProgram() throws Exception {
    String running = id(worker.shell("job:submit train '{}' " + trainingPackage()));
    worker.awaitShell("job:log " + running, "Epoch 1/2");
    assertThat(worker.shell("job:cancel " + running)).contains("CANCELLED");
    assertThat(
            ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .flatMap(p -> p.info().commandLine().stream())
                .filter(line -> line.contains(directory.toString()))
                .toList())
        .isEmpty();
  }

  @Test
  void everyBundleOfTheFeaturesIsUp() {
    assertThat(worker.bundles())
        .allSatisfy(
            bundle ->
                assertThat(bundle.getState())
                    .as(bundle.getSymbolicName())
                    .isIn(
                        Bundle.ACTIVE,
                        bundle.getHeaders().get("Fragment-Host") == null
                            ? Bundle.ACTIVE
                            : Bundle.RESOLVED));
  }

  private Path trainingPackage() throws Exception {
    return trainer.trainingPackage("c");
  }

  private static String id(String shown) {
    Matcher matcher = ID.matcher(shown);
    assertThat(matcher.find()).as(shown).isTrue();
    return matcher.group(1);
  }
}
