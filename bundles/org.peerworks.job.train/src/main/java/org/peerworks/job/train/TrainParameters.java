package org.peerworks.job.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peerworks.job.api.Parameters;
import org.peerworks.lib.files.FileNames;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.PathMappings;
import org.peerworks.lib.sleap.WorkerPaths;

/**
 * What a training job was asked for; the names are those of sleap-rtc's structured jobs.
 *
 * @param configs names of files that were sent, or paths of this worker, in order
 * @param labels name or path; empty for the only {@code .slp} that was sent
 * @param resume a checkpoint or a model's directory; a path of this worker
 * @param types of the models, parallel to {@code configs}; may be fewer
 * @param infer whether to track the suggested frames afterwards
 */
record TrainParameters(
    List<String> configs,
    Optional<String> labels,
    Optional<String> validation,
    Optional<String> resume,
    Optional<String> runName,
    List<String> types,
    Map<String, String> settings,
    PathMappings mappings,
    boolean infer) {

  /** What goes with labels and configurations only, not with a package that has a script. */
  private static final List<String> STRUCTURED =
      List.of(
          "labels",
          "val_labels",
          "max_epochs",
          "batch_size",
          "learning_rate",
          "run_name",
          "resume_ckpt_path",
          "model_types",
          "path_mappings",
          "infer");

  private static final String TRAINER = "trainer_config.";

  static TrainParameters of(Parameters parameters) throws PackageException {
    Optional<String> runName = parameters.string("run_name");
    try {
      runName.ifPresent(FileNames::requirePlain);
    } catch (IllegalArgumentException e) {
      throw new PackageException("'run_name' is no plain name. " + e.getMessage(), e);
    }
    return new TrainParameters(
        parameters.strings("configs"),
        parameters.string("labels"),
        parameters.string("val_labels"),
        parameters.string("resume_ckpt_path"),
        runName,
        parameters.strings("model_types"),
        settings(parameters),
        new PathMappings(texts(object(parameters).path("path_mappings"))),
        parameters.flag("infer").orElse(false));
  }

  /** Settings of the trainer that the job has values for, in sleap-rtc's order. */
  private static Map<String, String> settings(Parameters parameters) {
    Map<String, String> settings = new LinkedHashMap<>();
    parameters
        .number("max_epochs")
        .ifPresent(epochs -> settings.put(TRAINER + "max_epochs", Long.toString(epochs)));
    parameters
        .number("batch_size")
        .ifPresent(
            size -> {
              settings.put(TRAINER + "train_data_loader.batch_size", Long.toString(size));
              settings.put(TRAINER + "val_data_loader.batch_size", Long.toString(size));
            });
    parameters
        .decimal("learning_rate")
        .ifPresent(rate -> settings.put(TRAINER + "optimizer.lr", Double.toString(rate)));
    return settings;
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  private static JsonNode object(Parameters parameters) throws PackageException {
    try {
      return new ObjectMapper().readTree(parameters.json());
    } catch (JsonProcessingException e) {
      throw new PackageException("The parameters are not JSON.", e);
    }
  }

  /** Whether files of this worker, or more than a package's script can say, are wanted. */
  static boolean areStructured(Parameters parameters) throws PackageException {
    return !structured(parameters).isEmpty()
        || parameters.strings("configs").stream().anyMatch(WorkerPaths::isOne);
  }

  /** Names of the parameters that do not go with a package. */
  static List<String> structured(Parameters parameters) throws PackageException {
    JsonNode all = object(parameters);
    List<String> found = new ArrayList<>();
    for (String name : STRUCTURED) {
      if (!all.path(name).isMissingNode() && !all.path(name).isNull()) {
        found.add(name);
      }
    }
    return found;
  }
}
