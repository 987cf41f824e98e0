package org.peerworks.itests.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A trainer that notes each job which it is started for in a file, and the packages for it. */
final class KillTrainer {

  private static final int EPOCHS = 8;
  private static final int BLOCK = 1 << 16;

  private final Path directory;
  private final Path marks;
  private final byte[] block = new byte[BLOCK];

  KillTrainer(Lab lab) throws IOException {
    directory = Files.createDirectories(lab.directory().resolve("trainer"));
    marks = directory.resolve("marks");
    new Random(7).nextBytes(block);
    Path program = directory.resolve("sleap-nn");
    Files.writeString(
        program,
        """
        #!/bin/sh
        rest=${PWD#*/jobs/}
        echo "${rest%%%%/*}" >> '%s'
        for word in "$@"; do
          case $word in *run_name=*) run=${word#*run_name=} ;; *ckpt_dir=*) dir=${word#*ckpt_dir=} ;; esac
        done
        for epoch in $(seq %2$d); do
          echo "Epoch $epoch/%2$d: train_loss=0.5 val_loss=0.5 (0.1 s)"
          sleep 0.05
        done
        mkdir -p "$dir/$run" && echo weights > "$dir/$run/peerworks.pt"
        """
            .formatted(marks, EPOCHS));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    lab.configureWorker("org.peerworks.job.process", "programs = sleap-nn=" + program + "\n");
  }

  /** The log of each job. */
  List<String> log() {
    List<String> lines = new ArrayList<>(List.of("Training model 1/1: single"));
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      lines.add("Epoch %d/%d: train_loss=0.5 val_loss=0.5 (0.1 s)".formatted(epoch, EPOCHS));
    }
    return lines;
  }

  /** The jobs that it was started for, one by one. */
  List<String> started() throws IOException {
    try {
      return Files.readAllLines(marks);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /**
   * A training package; no two are the same.
   *
   * @param padding bytes that do not compress, for uploads that take their time
   */
  Path trainingPackage(int number, int padding) {
    Path zip = directory.resolve("labels-" + padding + "-" + number + ".zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.setLevel(0);
      entry(
          out,
          "train-script.sh",
          "#!/bin/bash\nsleap-nn train --config-name single.yaml --config-dir .\n");
      entry(
          out,
          "single.yaml",
          "data_config:\n  train_labels_path: [labels.slp]\nmodel_config: {}\ntrainer_config: {}\n");
      out.putNextEntry(new ZipEntry("labels.slp"));
      out.write(("number " + number + " of " + padding).getBytes(StandardCharsets.UTF_8));
      for (int left = padding; left > 0; left -= block.length) {
        out.write(block, 0, Math.min(left, block.length));
      }
      out.closeEntry();
      return zip;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void entry(ZipOutputStream out, String name, String content) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(content.getBytes(StandardCharsets.UTF_8));
    out.closeEntry();
  }
}
