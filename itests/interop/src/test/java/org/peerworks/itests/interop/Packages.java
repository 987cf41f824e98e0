package org.peerworks.itests.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.peerworks.lib.slp.Instance;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Node;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.Skeleton;
import org.peerworks.lib.slp.SlpWriter;
import org.peerworks.lib.slp.Suggestion;
import org.peerworks.lib.slp.Video;

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

  /** A tracking package, as the worker's own people lay it down. */
  Path tracking(String name, String labels, int size) throws IOException {
    Path zip = directory.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      String script =
          "sleap-nn track --data_path %s --model_paths models/centroid -o predictions.slp%n";
      entry(out, "track-script.sh", bytes(script.formatted(labels)));
      entry(out, labels, noise(size));
      entry(out, "models/centroid/best.ckpt", bytes("weights"));
      entry(out, "models/centroid/training_config.yaml", bytes(config(labels)));
    }
    return zip;
  }

  /** A configuration that names labels beside it. */
  static String config(String labels) {
    return "data_config:\n  train_labels_path: ["
        + labels
        + "]\nmodel_config: {}\ntrainer_config: {}\n";
  }

  Path config(String name, String labels) throws IOException {
    return Files.writeString(directory.resolve(name), config(labels));
  }

  /** Labels of one point, in a video that is not there. */
  Path labels(String name) throws IOException {
    Path slp = directory.resolve(name);
    SlpWriter.write(
        slp,
        new Labels(
            List.of(new Skeleton("fly", List.of(new Node("nose", 1)), List.of(), List.of())),
            List.of(new Video("/media/lab/arena.mp4", Optional.empty())),
            List.of(),
            List.of(
                new LabeledFrame(
                    0,
                    1,
                    List.of(new Instance(0, List.of(new Point(1, 2, true, true)))),
                    List.of())),
            List.of(new Suggestion(0, 2, 0))),
        (video, frame) -> new byte[0]);
    return slp;
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
