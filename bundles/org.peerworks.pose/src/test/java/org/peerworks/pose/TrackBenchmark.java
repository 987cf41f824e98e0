package org.peerworks.pose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.SlpFile;

/**
 * How many frames a second are tracked top-down: two animals in 384×384 pixels, with networks of
 * the size that sleap-nn gives them by default. Run by {@code benchmarks/run track}.
 */
public final class TrackBenchmark {

  private static final int FRAMES = 48;
  private static final double LEAST = 100;

  /** The sizes that sleap-nn's configurations for such images have. */
  private static final List<String> SIZES =
      List.of(
          "model_config.backbone_config.unet.filters=32",
          "trainer_config.train_data_loader.batch_size=4",
          "trainer_config.max_epochs=1",
          "trainer_config.trainer_accelerator=cpu");

  private final Program program = new Program();
  private final Path directory;

  private TrackBenchmark(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] arguments) throws IOException {
    Path directory =
        Files.createTempDirectory(Files.createDirectories(Path.of(arguments[0])), "track");
    try {
      new TrackBenchmark(directory).run();
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Runtime.getRuntime().halt(0);
  }

  /** Processor time of this process so far; tells more than the clock where others work, too. */
  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private String at(String name) {
    return directory.resolve(name).toString();
  }

  private void run() throws IOException {
    done(
        program.run(
            "sample",
            "--out",
            at(""),
            "--frames",
            "4",
            "--heldout",
            String.valueOf(FRAMES),
            "--animals",
            "2",
            "--seed",
            "7",
            "--size",
            "384"));
    train("centroid", "data_config.preprocessing.scale=0.5");
    train("centered_instance", "data_config.preprocessing.crop_size=112");
    System.out.println("frames/s tracked, two animals in 384×384, by frames per batch");
    double best = 0;
    for (int batch : List.of(4, 1, 4, 8)) {
      long start = System.nanoTime();
      long cpu = cpuNanos();
      track(batch, "0-1000000");
      cpu = cpuNanos() - cpu;
      long all = System.nanoTime() - start;
      start = System.nanoTime();
      track(batch, String.valueOf(first()));
      double seconds = (all - (System.nanoTime() - start)) / 1e9;
      double rate = (FRAMES - 1) / seconds;
      System.out.printf(
          Locale.ROOT,
          "  batch %2d  %8.1f   %.3f s of processor time a frame%n",
          batch,
          rate,
          cpu / 1e9 / FRAMES);
      best = Math.max(best, rate);
    }
    System.out.printf(
        Locale.ROOT,
        "bar track-frames-per-second %.1f %.0f %s%n",
        best,
        LEAST,
        best >= LEAST ? "met" : "missed");
  }

  private void train(String model, String size) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--config-name",
                model,
                "--config-dir",
                at(""),
                "data_config.train_labels_path=[" + at("train.pkg.slp") + "]",
                "trainer_config.ckpt_dir=" + at("models"),
                "trainer_config.min_train_steps_per_epoch=20",
                size));
    arguments.addAll(SIZES);
    done(program.run(arguments));
  }

  /** Two crops of each frame go through the second network, whatever little was learned. */
  private void track(int batch, String frames) throws IOException {
    done(
        program.run(
            "track",
            "-i",
            at("heldout.pkg.slp"),
            "-o",
            at("out.slp"),
            "--device",
            "cpu",
            "-m",
            at("models/centroid"),
            "-m",
            at("models/centered_instance"),
            "--peak_threshold",
            "0.0001",
            "--max_instances",
            "2",
            "--batch_size",
            String.valueOf(batch),
            "--frames",
            frames));
    try (SlpFile file = SlpFile.open(directory.resolve("out.slp"))) {
      Labels labels = file.labels();
      long animals =
          labels.frames().stream().map(LabeledFrame::predicted).mapToLong(List::size).sum();
      if (animals < 1.8 * labels.frames().size()) {
        throw new IllegalStateException("Only " + animals + " animals went through the network");
      }
    }
  }

  private int first() throws IOException {
    try (SlpFile file = SlpFile.open(directory.resolve("heldout.pkg.slp"))) {
      return file.labels().suggestions().get(0).frameIndex();
    }
  }

  private void done(int status) {
    if (status != 0) {
      throw new IllegalStateException(program.err());
    }
  }
}
