package org.peerworks.pose.train;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.peerworks.pose.Console;
import org.peerworks.pose.FrameImages;
import org.peerworks.pose.Interruption;
import org.peerworks.pose.ModelDirectory;
import org.peerworks.pose.UserError;
import org.peerworks.pose.config.Augmentation;
import org.peerworks.pose.config.ConfigFile;
import org.peerworks.pose.config.DataConfig;
import org.peerworks.pose.config.HeadConfig;
import org.peerworks.pose.config.TrainingConfig;
import org.peerworks.pose.image.Augmenter;
import org.peerworks.pose.image.InputShape;
import org.peerworks.pose.net.ConfidenceMaps;
import org.peerworks.pose.net.Devices;
import org.peerworks.pose.net.Torch;
import org.peerworks.pose.net.UNet;

/** One training: reads the labels, decides what the configuration left open, trains. */
final class TrainingRun {

  private final ConfigFile initial;
  private final ConfigFile effective;
  private final TrainingConfig config;
  private final Console console;
  private final Interruption interruption;
  private final long seed;

  /**
   * @param initial the configuration as it was given
   * @param effective the same, to be completed
   */
  TrainingRun(ConfigFile initial, ConfigFile effective, Console console, Interruption interruption)
      throws UserError {
    this.initial = initial;
    this.effective = effective;
    this.console = console;
    this.interruption = interruption;
    config = TrainingConfig.of(effective);
    seed =
        config.trainer().seed().map(Integer::longValue).orElseGet(() -> System.nanoTime() >>> 33);
  }

  void run() throws UserError, IOException {
    DataConfig data = config.data();
    if (data.trainLabels().isEmpty()) {
      throw UserError.usage(
          "The configuration names no labels. Add 'data_config.train_labels_path=[FILE]'.");
    }
    ModelDirectory directory = new ModelDirectory(directory());
    try (LabelFiles files = new LabelFiles(config.model().head(), data.userInstancesOnly());
        FrameImages images = new FrameImages()) {
      Splits splits = splits(files, data);
      console.line(
          "Frames: %d to learn from, %d to validate",
          Splits.frames(splits.training()), Splits.frames(splits.validation()));
      InputShape shape = new Shapes(config, images).of(splits.all().toList());
      train(files.parts(), shape, splits, images, directory);
      console.line("Model: %s", directory.path());
    }
  }

  private Splits splits(LabelFiles files, DataConfig data) throws UserError, IOException {
    List<Sample> training = files.read(data.trainLabels());
    if (training.isEmpty()) {
      throw UserError.data(
          "No frame in '%s' has a labelled animal. Label some, and save the package again.",
          String.join("', '", data.trainLabels()));
    }
    if (data.sameDataForValidation()) {
      return new Splits(training, training);
    }
    List<Sample> validation = files.read(data.validationLabels());
    return validation.isEmpty()
        ? Splits.of(training, data.validationFraction(), seed)
        : new Splits(training, validation);
  }

  private Path directory() throws UserError {
    HeadConfig.Type head = config.model().head().type();
    DateTimeFormatter time = DateTimeFormatter.ofPattern("yyMMdd_HHmmss");
    String name =
        config
            .trainer()
            .runName()
            .orElseGet(() -> head.key() + "_" + LocalDateTime.now().format(time));
    if (name.contains("/") || name.contains("\\") || name.equals("..") || name.equals(".")) {
      throw UserError.usage("'trainer_config.run_name' is '%s', but has to be a plain name.", name);
    }
    return Path.of(config.trainer().checkpointDirectory(), name);
  }

  private void train(
      List<String> parts,
      InputShape shape,
      Splits splits,
      FrameImages images,
      ModelDirectory directory)
      throws UserError, IOException {
    Torch.prepare();
    Device device = Devices.named(config.trainer().accelerator().device());
    HeadConfig head = config.model().head();
    UNet network = new UNet(config.model(), head.maps(parts.size()));
    try (TrainingMonitor monitor =
            TrainingMonitor.of(config.trainer().monitor(), head.type().key());
        Training training =
            new Training(
                config.trainer(), network, shape, device, seed, console, interruption, monitor)) {
      boolean inPlace = false;
      if (config.trainer().resumeFrom().isPresent()) {
        Path file = Checkpoint.find(Path.of(config.trainer().resumeFrom().get()));
        Path parent = file.toAbsolutePath().normalize().getParent();
        inPlace = directory.path().toAbsolutePath().normalize().equals(parent);
        training.resume(file, inPlace);
      }
      prepare(directory, inPlace, parts, shape);
      console.line(
          "Training '%s' with %d parts on %s, input %d×%d×%d",
          head.type().key(),
          parts.size(),
          device.isGpu() ? "GPU" : "CPU",
          shape.width(),
          shape.height(),
          shape.channels());
      ConfidenceMaps maps =
          new ConfidenceMaps(head.sigma(), head.outputStride(), shape.height(), shape.width());
      Augmenter changing = new Augmenter(config.data().augmentation(), seed);
      Augmenter still = new Augmenter(Augmentation.NONE, seed);
      monitor.trainingBegins();
      training.run(
          new Batches(splits.training(), shape, maps, images, changing),
          new Batches(splits.validation(), shape, maps, images, still),
          directory);
      monitor.trainingEnded();
    }
  }

  private void prepare(
      ModelDirectory directory, boolean inPlace, List<String> parts, InputShape shape)
      throws UserError, IOException {
    Files.createDirectories(directory.path());
    if (!inPlace) {
      Files.deleteIfExists(directory.log());
      Files.deleteIfExists(directory.weights());
      Files.deleteIfExists(directory.lastWeights());
    }
    initial.write(directory.initialConfig());
    complete(parts, shape, directory.path().getFileName().toString());
    effective.write(directory.trainingConfig());
  }

  /** Writes down what the labels and images decided, so that tracking does the same. */
  private void complete(List<String> parts, InputShape shape, String name) throws UserError {
    effective.set("data_config.preprocessing.max_height", shape.maxHeight());
    effective.set("data_config.preprocessing.max_width", shape.maxWidth());
    if (shape.crop().isPresent()) {
      effective.set("data_config.preprocessing.crop_size", shape.crop().getAsInt());
    }
    effective.set("model_config.backbone_config.unet.in_channels", shape.channels());
    HeadConfig.Type head = config.model().head().type();
    if (head != HeadConfig.Type.CENTROID) {
      effective.set("model_config.head_configs." + head.key() + ".confmaps.part_names", parts);
    }
    effective.set("trainer_config.run_name", name);
    effective.set("trainer_config.seed", seed);
  }
}
