package org.peerworks.itests.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What our client is given to send. The name of the labels tells the stand-in for sleap-nn how to
 * go.
 */
final class Packages {

  private final Path directory;

  Packages(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /** A training package. */
  Path training(String name, String labels, int size) throws IOException {
    Path zip = directory.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.setLevel(0);
      entry(
          out,
          "train-script.sh",
          bytes("sleap-nn train --config-name centroid.yaml --config-dir .\n"));
      entry(out, "centroid.yaml", bytes(config(labels)));
      entry(out, labels, noise(size));
    }
    return zip;
  }

  /** A configuration that names labels beside it. */
  static String config(String labels) {
    return "data_config:\n  train_labels_path: ["
        + labels
        + "]\nmodel_config: {}\ntrainer_config: {}\n";
  }

  /** A file with labels, as far as the stand-in for sleap-nn looks. */
  Path labels(String name, int size) throws IOException {
    return Files.write(directory.resolve(name), noise(size));
  }

  /** A folder with a trained model. */
  Path model() throws IOException {
    Path model = Files.createDirectories(directory.resolve("centroid"));
    Files.writeString(model.resolve("best.ckpt"), "weights");
    Files.writeString(model.resolve("training_config.yaml"), config("labels.slp"));
    return model;
  }

  private static byte[] noise(int size) {
    byte[] noise = new byte[size];
    new Random(size).nextBytes(noise);
    return noise;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void entry(ZipOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(content);
    out.closeEntry();
  }
}
