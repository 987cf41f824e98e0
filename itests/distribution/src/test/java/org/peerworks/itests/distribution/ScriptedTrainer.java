package org.peerworks.itests.distribution;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A program in the place of sleap-nn that waits until it is told to go on, and the packages for it.
 */
final class ScriptedTrainer {

  private final Path directory;

  ScriptedTrainer(Lab lab) throws IOException {
    directory = Files.createDirectories(lab.directory().resolve("trainer"));
    Path program = directory.resolve("sleap-nn");
    Files.writeString(
        program,
        """
        #!/bin/sh
        [ ! -e '%1$s/stubborn' ] || trap '' INT TERM
        command=$1
        dir=models run=model out=
        while [ $# -gt 0 ]; do
          case $1 in
            *run_name=*) run=${1#*run_name=} ;;
            *ckpt_dir=*) dir=${1#*ckpt_dir=} ;;
            -o | --output_path) out=$2 ;;
            --output_path=*) out=${1#*=} ;;
          esac
          shift
        done
        echo "Epoch 1/2: train_loss=0.5 val_loss=0.5 (0.1 s)"
        until [ -e '%1$s/go' ]; do sleep 0.05; done
        if [ "$command" = track ]; then
          echo "Tracked 1/1 frames" && echo predictions > "$out"
        else
          mkdir -p "$dir/$run" && echo weights > "$dir/$run/peerworks.pt"
          echo "Epoch 2/2: train_loss=0.1 val_loss=0.1 (0.1 s)"
        fi
        """
            .formatted(directory));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    lab.configureWorker("org.peerworks.job.process", "programs = sleap-nn=" + program + "\n");
  }

  /** Lets all programs end, those that run and those to come. */
  void go() throws IOException {
    Files.createFile(directory.resolve("go"));
  }

  /** Lets programs to come ignore all polite signals. */
  void ignoreSignals() throws IOException {
    Files.createFile(directory.resolve("stubborn"));
  }

  /** Whether any program of this trainer runs. */
  boolean isRunning() {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .anyMatch(line -> line.contains(directory.resolve("sleap-nn").toString()));
  }

  /**
   * @param padding bytes that do not compress, for uploads that take their time
   */
  Path trainingPackage(String name, int padding) throws IOException {
    Path zip = directory.resolve(name);
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
      pad(out, padding);
      out.closeEntry();
    }
    return zip;
  }

  private static void pad(OutputStream out, int bytes) throws IOException {
    byte[] block = new byte[1 << 16];
    new java.util.Random(7).nextBytes(block);
    for (int left = bytes; left > 0; left -= block.length) {
      out.write(block, 0, Math.min(left, block.length));
    }
  }

  private static void entry(ZipOutputStream out, String name, String content) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(content.getBytes(StandardCharsets.UTF_8));
    out.closeEntry();
  }
}
