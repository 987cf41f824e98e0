package org.peerworks.job.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.PackagePaths;
import org.peerworks.lib.sleap.Shown;

/**
 * Turns a training command into the trainer's arguments, such that it reads from the package only
 * and writes to the folder for models only.
 */
final class ModelPlanner {

  static final String EPOCHS = "trainer_config.max_epochs";

  private static final List<String> WORKERS =
      List.of(
          "trainer_config.train_data_loader.num_workers",
          "trainer_config.val_data_loader.num_workers");

  private final PackagePaths paths;
  private final LabelFiles labels;
  private final String modelsFolder;
  private final TrainLimits limits;

  /**
   * @param modelsFolder name of the folder in the package's root that models are written to
   * @param limits of what a package brings
   */
  ModelPlanner(PackagePaths paths, String modelsFolder, TrainLimits limits) {
    this.paths = paths;
    this.labels = new LabelFiles(paths);
    this.modelsFolder = modelsFolder;
    this.limits = limits;
  }

  ModelPlan plan(TrainCommand command, String folder) throws IOException {
    ConfigFile config = ConfigFile.read(command.config(), limits.configBytes());
    config.normalize(command.config());
    Map<String, ConfigOverride> given = new LinkedHashMap<>();
    for (ConfigOverride override : command.overrides()) {
      given.put(override.key(), override);
    }
    Map<String, String> ours = place(config, modelsFolder, folder);
    planLabels(config, given, ours);
    planFiles(config, given);
    if (!given.containsKey(ConfigRules.CACHE)) {
      planCache(config, ours);
      for (String text : config.texts(ConfigRules.CACHE)) {
        if (!PackagePaths.leaves(text)) {
          paths.inside(text, "the cache");
        }
      }
    }
    dropPorts(given);
    planWorkers(config, given.keySet(), ours);
    ConfigRules.REPLACED.forEach(given::remove);
    return new ModelPlan(
        command.stem(),
        folder,
        "",
        epochs(config, given),
        arguments(command, config, given, ours),
        TrainerPorts.in(config));
  }

  /** Settings that say where a model goes, and that nothing is told to third parties. */
  static Map<String, String> place(ConfigFile config, String modelsFolder, String folder)
      throws PackageException {
    Map<String, String> ours = new LinkedHashMap<>();
    ours.put("trainer_config.ckpt_dir", HydraValue.text(modelsFolder));
    ours.put("trainer_config.run_name", HydraValue.text(folder));
    if (config.has("trainer_config.save_ckpt_path")) {
      ours.put("trainer_config.save_ckpt_path", HydraValue.text(modelsFolder + "/" + folder));
    }
    Object wandb = config.at("trainer_config.use_wandb").orElse(false);
    if (!Boolean.FALSE.equals(wandb)) {
      ours.put("trainer_config.use_wandb", "false");
    }
    return ours;
  }

  private List<String> arguments(
      TrainCommand command,
      ConfigFile config,
      Map<String, ConfigOverride> given,
      Map<String, String> ours)
      throws PackageException {
    Path file = command.config();
    List<String> arguments = new ArrayList<>();
    arguments.add("train");
    arguments.addAll(List.of("--config-name", file.getFileName().toString()));
    arguments.addAll(List.of("--config-dir", paths.relative(file.getParent())));
    arguments.addAll(command.videoArguments());
    ours.forEach((key, value) -> arguments.add((config.has(key) ? "" : "++") + key + "=" + value));
    for (ConfigOverride override : given.values()) {
      for (String scalar : override.scalars()) {
        boolean names = ConfigRules.FILES.contains(override.key());
        if (!names && PackagePaths.leaves(scalar)) {
          throw new PackageException(
              "The override of '%s' names something outside of the package: %s."
                  .formatted(override.key(), Shown.quoted(scalar)));
        }
      }
      arguments.add(override.argument());
    }
    return arguments;
  }

  private void planLabels(
      ConfigFile config, Map<String, ConfigOverride> given, Map<String, String> ours)
      throws IOException {
    List<String> others = new ArrayList<>();
    for (String key : ConfigRules.LABELS.subList(1, 3)) {
      List<String> wanted = wanted(config, given, key);
      List<String> found = labels.all(config.name(), key, wanted);
      others.addAll(found);
      boolean single = !given.containsKey(key) && config.at(key).orElse(null) instanceof String;
      if (given.containsKey(key) && wanted.isEmpty()) {
        continue;
      }
      given.remove(key);
      if (!found.equals(config.texts(key))) {
        ours.put(key, single ? HydraValue.text(found.get(0)) : HydraValue.list(found));
      }
    }
    String key = ConfigRules.LABELS.get(0);
    List<String> found = labels.training(config.name(), wanted(config, given, key), others);
    given.remove(key);
    if (!found.equals(config.texts(key))) {
      ours.put(key, HydraValue.list(found));
    }
  }

  private void planFiles(ConfigFile config, Map<String, ConfigOverride> given) throws IOException {
    for (String key : ConfigRules.FILES) {
      for (String text : wanted(config, given, key)) {
        if (!limits.checkpoints()) {
          throw new PackageException(
              "The configuration %s names a checkpoint in '%s', which this worker does not take:"
                      .formatted(Shown.quoted(config.name()), key)
                  + " loading one may run code. Its administrator may set 'allowCheckpoints'.");
        }
        paths.existing(text, "the file of '" + key + "'");
      }
    }
  }

  /** A cache elsewhere is moved to the model's own folder, which is where none given goes. */
  static void planCache(ConfigFile config, Map<String, String> ours) throws PackageException {
    if (config.texts(ConfigRules.CACHE).stream().anyMatch(PackagePaths::leaves)) {
      ours.put(ConfigRules.CACHE, "null");
    }
  }

  /** Where a trainer talks to is this worker's to say. */
  private static void dropPorts(Map<String, ConfigOverride> given) {
    given.keySet().removeIf(key -> key.startsWith(ConfigRules.ZMQ));
  }

  /** As sleap-rtc does: helper processes need more shared memory than a container has. */
  static void planWorkers(ConfigFile config, Set<String> given, Map<String, String> ours) {
    for (String key : WORKERS) {
      Object found = config.at(key).orElse(0);
      if (!given.contains(key) && !Integer.valueOf(0).equals(found)) {
        ours.put(key, "0");
      }
    }
  }

  private static List<String> wanted(
      ConfigFile config, Map<String, ConfigOverride> given, String key) throws PackageException {
    ConfigOverride override = given.get(key);
    return override == null
        ? config.texts(key)
        : override.scalars().stream().filter(scalar -> !HydraValue.isNull(scalar)).toList();
  }

  private static long epochs(ConfigFile config, Map<String, ConfigOverride> given) {
    ConfigOverride override = given.get(EPOCHS);
    return epochs(
        override != null
            ? override.scalars().stream().findFirst()
            : config.at(EPOCHS).map(String::valueOf));
  }

  static long epochs(Optional<String> text) {
    return text.filter(number -> number.matches("[0-9]{1,9}")).map(Long::valueOf).orElse(0L);
  }
}
