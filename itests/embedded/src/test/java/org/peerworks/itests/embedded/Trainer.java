package org.peerworks.itests.embedded;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Stands in for sleap-nn: trains until {@link #go()} is there. A configuration named {@code fails}
 * fails; one named {@code hangs} never ends.
 */
final class Trainer {

  private final Path directory;
  private final Path program;

  Trainer(Path directory) throws Exception {
    this.directory = directory;
    program = directory.resolve("trainer");
    Files.writeString(
        program,
        """
        #!/bin/sh
        echo "Epoch 1/2: train_loss=0.5 val_loss=0.5 (0.1 s)"
        case "$*" in
          *hangs*) echo x > "$TMPDIR/left"; sleep 3600 & wait ;;
          *fails*) echo "ERROR: there is nothing to learn"; exit 3 ;;
        esac
        until [ -e '%s' ]; do sleep 0.05; done
        for word in "$@"; do
          case $word in *run_name=*) run=${word#*run_name=} ;; *ckpt_dir=*) dir=${word#*ckpt_dir=} ;; esac
        done
        mkdir -p "$dir/$run" && echo weights > "$dir/$run/peerworks.pt"
        echo "Epoch 2/2: train_loss=0.1 val_loss=0.1 (0.1 s)"
        """
            .formatted(go()));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Path go() {
    return directory.resolve("go");
  }

  /** Of the program executor, so that jobs run this. */
  Map<String, Object> configuration() {
    return Map.of("programs", new String[] {"sleap-nn=" + program});
  }

  /**
   * A training package.
   *
   * @param name of the configuration
   */
  Path trainingPackage(String name) throws Exception {
    Path zip = directory.resolve("labels-" + name + ".zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      entry(
          out,
          "train-script.sh",
          "#!/bin/bash\nsleap-nn train --config-name " + name + ".yaml --config-dir .\n");
      entry(
          out,
          name + ".yaml",
          "data_config:\n  train_labels_path: [labels.slp]\nmodel_config: {}\ntrainer_config: {}\n");
      entry(out, "labels.slp", "not looked at by the worker");
    }
    return zip;
  }

  private static void entry(ZipOutputStream out, String name, String content) throws Exception {
    out.putNextEntry(new ZipEntry(name));
    out.write(content.getBytes(StandardCharsets.UTF_8));
    out.closeEntry();
  }
}
