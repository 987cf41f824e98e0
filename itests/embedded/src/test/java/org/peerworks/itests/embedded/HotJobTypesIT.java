package org.peerworks.itests.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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

  @BeforeEach
  void startWorker() throws Exception {
    Path trainer = directory.resolve("trainer");
    Files.writeString(
        trainer,
        """
        #!/bin/sh
        # Stands in for sleap-nn: trains until the file 'go' is there.
        echo "Epoch 1/2: train_loss=0.5 val_loss=0.5 (0.1 s)"
        until [ -e '%s' ]; do sleep 0.05; done
        for word in "$@"; do
          case $word in *run_name=*) run=${word#*run_name=} ;; *ckpt_dir=*) dir=${word#*ckpt_dir=} ;; esac
        done
        mkdir -p "$dir/$run" && echo weights > "$dir/$run/peerworks.pt"
        echo "Epoch 2/2: train_loss=0.1 val_loss=0.1 (0.1 s)"
        """
            .formatted(go()));
    Files.setPosixFilePermissions(trainer, PosixFilePermissions.fromString("rwxr-xr-x"));
    worker =
        Worker.start(
            directory.resolve("data"),
            Map.of(
                "org.peerworks.job.process",
                Map.of("programs", new String[] {"sleap-nn=" + trainer})));
    worker.awaitShell("job:types", "train");
  }

  @AfterEach
  void stopWorker() {
    worker.close();
  }

  private Path go() {
    return directory.resolve("go");
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

    Files.createFile(go());
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
    Path zip = directory.resolve("labels.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      entry(
          out,
          "train-script.sh",
          "#!/bin/bash\nsleap-nn train --config-name c.yaml --config-dir .\n");
      entry(
          out,
          "c.yaml",
          "data_config:\n  train_labels_path: [labels.slp]\nmodel_config: {}\ntrainer_config: {}\n");
      entry(out, "labels.slp", "not looked at by the worker");
    }
    return zip;
  }

  private static void entry(ZipOutputStream out, String name, String content) throws Exception {
    out.putNextEntry(new ZipEntry(name));
    out.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    out.closeEntry();
  }

  private static String id(String shown) {
    Matcher matcher = ID.matcher(shown);
    assertThat(matcher.find()).as(shown).isTrue();
    return matcher.group(1);
  }
}
