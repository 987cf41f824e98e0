package org.peerworks.itests.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Stands in for sleap-nn: takes as long as the name of its configuration says. */
final class SwapTrainer {

  private final Path directory;

  SwapTrainer(Path directory) throws IOException {
    this.directory = directory;
    Files.writeString(
        program(),
        """
        #!/bin/sh
        for word in "$@"; do
          case $word in
            *run_name=*) run=${word#*run_name=} ;;
            *ckpt_dir=*) dir=${word#*ckpt_dir=} ;;
            *takes-*) millis=${word#*takes-} && millis=${millis%%.yaml} ;;
          esac
        done
        sleep "$((millis / 1000)).$(printf %%03d $((millis %% 1000)))"
        mkdir -p "$dir/$run" && echo weights > "$dir/$run/peerworks.pt"
        """
            .formatted());
    Files.setPosixFilePermissions(program(), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path program() {
    return directory.resolve("trainer");
  }

  /** Of the program executor, so that jobs run this. */
  Map<String, Object> configuration() {
    return Map.of("programs", new String[] {"sleap-nn=" + program()});
  }

  /** A training package whose program takes so long. */
  Path trainingPackage(double seconds) {
    String name = "takes-" + Math.round(seconds * 1000);
    Path zip = directory.resolve(name + ".zip");
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
