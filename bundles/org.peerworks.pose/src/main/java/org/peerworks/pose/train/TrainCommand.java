package org.peerworks.pose.train;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.peerworks.pose.Command;
import org.peerworks.pose.Console;
import org.peerworks.pose.FrameImages;
import org.peerworks.pose.ModelDirectory;
import org.peerworks.pose.UserError;
import org.peerworks.pose.config.Augmentation;
import org.peerworks.pose.config.ConfigFile;
import org.peerworks.pose.config.DataConfig;
import org.peerworks.pose.config.TrainingConfig;
import org.peerworks.pose.image.Augmenter;
import org.peerworks.pose.image.InputShape;
import org.peerworks.pose.image.Raster;
import org.peerworks.pose.net.ConfidenceMaps;
import org.peerworks.pose.net.Devices;
import org.peerworks.pose.net.Torch;
import org.peerworks.pose.net.UNet;
import org.peerworks.pose.options.OptionParser;
import org.peerworks.pose.options.Options;

/** {@code train}: learns a model from labelled frames. */
public final class TrainCommand implements Command {

  private static final String VIDEOS = "it does not read videos, only embedded images";

  @Override
  public void run(List<String> arguments, Console console) throws UserError, IOException {
    Options options =
        new OptionParser("train")
            .value("--config_name", "-c")
            .value("--config_dir", "-d")
            .value("--config")
            .refuse(
                VIDEOS, "--video_paths", "-v", "--video_path_map", "--prefix_map", "--video_config")
            .parse(arguments);
    Path file = configuration(options);
    ConfigFile initial = ConfigFile.read(file);
    ConfigFile effective = ConfigFile.read(file);
    for (String override : options.rest()) {
      initial.override(override);
      effective.override(override);
    }
    train(TrainingConfig.of(effective), initial, effective, console);
  }

  private static Path configuration(Options options) throws UserError {
    if (options.has("--config")) {
      return Path.of(options.required("--config"));
    }
    Path directory = Path.of(options.one("--config_dir").orElse("."));
    String name = options.required("--config_name");
    Path file = directory.resolve(name);
    return Files.exists(file) || name.endsWith(".yaml") ? file : directory.resolve(name + ".yaml");
  }

  private static void train(
      TrainingConfig config, ConfigFile initial, ConfigFile effective, Console console)
      throws UserError, IOException {
    DataConfig data = config.data();
    if (data.trainLabels().isEmpty()) {
      throw UserError.usage(
          "The configuration names no labels. Add 'data_config.train_labels_path=[FILE]'.");
    }
    long seed =
        config.trainer().seed().map(Integer::longValue).orElseGet(() -> System.nanoTime() >>> 33);
    try (LabelFiles files =
        new LabelFiles(config.model().head().partNames(), data.userInstancesOnly())) {
      Splits splits = splits(files, data, seed);
      console.line(
          "Frames: %d to learn from, %d to validate",
          splits.training().size(), splits.validation().size());
      FrameImages images = new FrameImages();
      InputShape shape = shape(config, splits, images);
      ModelDirectory directory = new ModelDirectory(directory(config));
      Files.createDirectories(directory.path());
      Files.deleteIfExists(directory.weights());
      initial.write(directory.initialConfig());
      complete(effective, files.parts(), shape, directory, seed);
      effective.write(directory.trainingConfig());
      run(config, files.parts(), shape, splits, images, directory, seed, console);
      console.line("Model: %s", directory.path());
    }
  }

  private static Splits splits(LabelFiles files, DataConfig data, long seed)
      throws UserError, IOException {
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

  private static InputShape shape(TrainingConfig config, Splits splits, FrameImages images)
      throws UserError, IOException {
    int height = 1;
    int width = 1;
    int channels = 1;
    for (List<Sample> samples : List.of(splits.training(), splits.validation())) {
      for (Sample sample : samples) {
        Raster image = images.image(sample.file(), sample.video(), sample.frameIndex());
        height = Math.max(height, image.height());
        width = Math.max(width, image.width());
        channels = Math.max(channels, image.channels());
      }
    }
    DataConfig.Preprocessing wanted = config.data().preprocessing();
    if (wanted.ensureRgb()) {
      channels = 3;
    } else if (wanted.ensureGrayscale()) {
      channels = 1;
    }
    return InputShape.of(
        channels,
        wanted.maxHeight().orElse(height),
        wanted.maxWidth().orElse(width),
        wanted.scale(),
        config.model().maxStride());
  }

  private static Path directory(TrainingConfig config) throws UserError {
    String name =
        config
            .trainer()
            .runName()
            .orElseGet(
                () ->
                    "single_instance_"
                        + LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyMMdd_HHmmss")));
    if (name.contains("/") || name.contains("\\") || name.equals("..") || name.equals(".")) {
      throw UserError.usage("'trainer_config.run_name' is '%s', but has to be a plain name.", name);
    }
    return Path.of(config.trainer().checkpointDirectory(), name);
  }

  /** Writes down what the labels and images decided, so that tracking does the same. */
  private static void complete(
      ConfigFile config, List<String> parts, InputShape shape, ModelDirectory directory, long seed)
      throws UserError {
    config.set("data_config.preprocessing.max_height", shape.maxHeight());
    config.set("data_config.preprocessing.max_width", shape.maxWidth());
    config.set("model_config.backbone_config.unet.in_channels", shape.channels());
    config.set("model_config.head_configs.single_instance.confmaps.part_names", parts);
    config.set("trainer_config.run_name", directory.path().getFileName().toString());
    config.set("trainer_config.seed", seed);
  }

  private static void run(
      TrainingConfig config,
      List<String> parts,
      InputShape shape,
      Splits splits,
      FrameImages images,
      ModelDirectory directory,
      long seed,
      Console console)
      throws UserError, IOException {
    Torch.prepare();
    Device device = Devices.named(config.trainer().accelerator().device());
    ConfidenceMaps maps =
        new ConfidenceMaps(
            config.model().head().sigma(),
            config.model().head().outputStride(),
            shape.height(),
            shape.width());
    Augmenter changing = new Augmenter(config.data().augmentation(), seed);
    Augmenter still = new Augmenter(Augmentation.NONE, seed);
    Batches training = new Batches(splits.training(), shape, maps, images, changing, parts.size());
    Batches validation = new Batches(splits.validation(), shape, maps, images, still, parts.size());
    console.line(
        "Training %d parts on %s, input %d×%d×%d",
        parts.size(),
        device.isGpu() ? "GPU" : "CPU",
        shape.width(),
        shape.height(),
        shape.channels());
    UNet network = new UNet(config.model(), parts.size());
    try (Training run =
        new Training(config.trainer(), network, shape, maps, parts.size(), device, seed, console)) {
      run.run(training, validation, directory);
    }
  }
}
