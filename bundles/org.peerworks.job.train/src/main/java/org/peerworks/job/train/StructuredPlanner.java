package org.peerworks.job.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a confined configuration into the trainer's arguments, as sleap-rtc builds them. */
final class StructuredPlanner {

  private static final String LABELS = ConfigRules.LABELS.get(0);

  private final Path root;
  private final String modelsFolder;
  private final Map<String, String> settings;
  private final Optional<String> labels;
  private final Optional<String> validation;
  private final Optional<String> resume;

  /**
   * @param root the trainer's working directory
   * @param settings that the job has values for
   */
  StructuredPlanner(
      Path root,
      String modelsFolder,
      Map<String, String> settings,
      Optional<String> labels,
      Optional<String> validation,
      Optional<String> resume) {
    this.root = root;
    this.modelsFolder = modelsFolder;
    this.settings = settings;
    this.labels = labels;
    this.validation = validation;
    this.resume = resume;
  }

  /** Writes the configuration where the trainer reads it, under the stem. */
  ModelPlan plan(ConfigFile config, String stem, String folder, String type) throws IOException {
    config.normalize(root.resolve(stem + ".yaml"));
    Map<String, String> ours = new LinkedHashMap<>();
    if (labels.isPresent()) {
      ours.put(LABELS, HydraValue.list(List.of(labels.get())));
    }
    if (validation.isPresent()) {
      ours.put(ConfigRules.LABELS.get(1), HydraValue.list(List.of(validation.get())));
    }
    ours.putAll(settings);
    ours.putAll(ModelPlanner.place(config, modelsFolder, folder));
    if (resume.isPresent()) {
      ours.put(ConfigRules.FILES.get(0), HydraValue.text(resume.get()));
    }
    ModelPlanner.planCache(config, ours);
    ModelPlanner.planWorkers(config, Set.of(), ours);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("train", "--config-name", stem + ".yaml", "--config-dir", "."));
    ours.forEach((key, value) -> arguments.add((config.has(key) ? "" : "++") + key + "=" + value));
    long epochs =
        ModelPlanner.epochs(
            Optional.ofNullable(settings.get(ModelPlanner.EPOCHS))
                .or(() -> config.at(ModelPlanner.EPOCHS).map(String::valueOf)));
    return new ModelPlan(stem, folder, type, epochs, arguments, TrainerPorts.in(config));
  }

  /** The labels that all configurations name, if that is one file. */
  Optional<String> onlyLabels(List<ConfigFile> configs) {
    List<String> all = new ArrayList<>();
    for (ConfigFile config : configs) {
      Object named = config.at(LABELS).orElse(List.of());
      List<?> files = named instanceof List<?> list ? list : List.of(named);
      files.forEach(file -> all.add(String.valueOf(file)));
    }
    List<String> distinct = all.stream().distinct().toList();
    return distinct.size() == 1 ? Optional.of(distinct.get(0)) : Optional.empty();
  }
}
