package org.peerworks.protocol.sleap.internal.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.peerworks.files.api.Mounts;
import org.peerworks.lib.files.FileNames;
import org.peerworks.protocol.sleap.internal.wire.Json;

/**
 * A structured job, checked: the specification of {@code JOB_SUBMIT} (§2.6) as parameters of a job
 * type. Every path is resolved and confined here, so that a client hears at once what is wrong, and
 * again by the job when it uses it.
 *
 * @param type {@code train} or {@code track}
 * @param inline texts of configurations by the name of the input that they become
 * @param models types of the models, in order; shorter than the list of configurations where the
 *     client does not say
 * @param outputPath where the client wants the predictions
 */
record JobSpec(
    String type,
    ObjectNode parameters,
    Map<String, String> inline,
    List<String> models,
    Optional<String> outputPath) {

  private static final int MOST_MODELS = 20;
  private static final int MOST_PATHS = 10;
  private static final Pattern FRAMES =
      Pattern.compile("[0-9]{1,9}(-[0-9]{1,9})?(,[0-9]{1,9}(-[0-9]{1,9})?){0,200}");
  private static final Pattern MODEL = Pattern.compile("[a-z][a-z_]{0,39}");
  private static final Pattern FILTER = Pattern.compile("suggested|user|predicted");

  private static final List<String> TRACK_FIELDS =
      List.of(
          "type",
          "data_path",
          "model_paths",
          "output_path",
          "batch_size",
          "peak_threshold",
          "only_suggested_frames",
          "exclude_user_labeled",
          "frames",
          "frame_filter",
          "video_index",
          "path_mappings");

  /**
   * @throws SpecException with all that is wrong
   */
  static JobSpec read(ObjectNode spec, Supplier<Mounts> mounts) {
    SpecChecks checks = new SpecChecks(spec, mounts);
    String type = spec.path("type").asText("");
    if (type.equals("train")) {
      return train(checks);
    }
    if (type.equals("track")) {
      return track(checks);
    }
    checks.wrong("type", "must be 'train' or 'track'");
    checks.requireGood();
    throw new IllegalStateException("A wrong type passed.");
  }

  private static JobSpec train(SpecChecks checks) {
    checks.mappings("path_mappings", "path_mappings");
    ObjectNode parameters = checks.parameters();
    List<String> configs = checks.paths("config_path", "config_paths", MOST_MODELS);
    List<String> models = checks.texts("model_types", MOST_MODELS, 100);
    Map<String, String> inline = inline(checks, models);
    if (configs.isEmpty() && inline.isEmpty()) {
      checks.problem(
          "config",
          "needs 'config_path', 'config_paths', 'config_content' or 'config_contents'",
          "MISSING_CONFIG",
          "");
    }
    List<String> order = new ArrayList<>(configs);
    order.addAll(inline.keySet());
    put(parameters, "configs", order);
    if (models.size() > order.size()) {
      checks.wrong("model_types", "names more models than there are configurations");
    }
    if (models.stream().anyMatch(model -> !MODEL.matcher(model).matches())) {
      checks.wrong("model_types", "must hold names of lower-case letters and '_'");
    }
    put(parameters, "model_types", models);
    checks.path("labels_path", "labels");
    checks.path("val_labels_path", "val_labels");
    checks.path("resume_ckpt_path", "resume_ckpt_path");
    checks.number("max_epochs", "max_epochs", 1, 10_000);
    checks.number("batch_size", "batch_size", 1, 256);
    checks.decimal("learning_rate", "learning_rate", 1e-10, 1);
    checks.name("run_name", "run_name");
    parameters.put("infer", true);
    checks.requireGood();
    return new JobSpec("train", parameters, inline, models, Optional.empty());
  }

  private static Map<String, String> inline(SpecChecks checks, List<String> models) {
    List<String> texts = checks.texts("config_contents", MOST_MODELS, 1 << 20);
    if (texts.isEmpty()) {
      texts = checks.texts("config_content", 1, 1 << 20);
    }
    Map<String, String> inline = new LinkedHashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      String name = i < models.size() ? plain(models.get(i)) : "";
      if (name.isEmpty() || inline.containsKey(name + ".yaml")) {
        name = "model_" + (i + 1);
      }
      if (texts.get(i).isBlank()) {
        checks.problem("config_contents", "has an empty configuration", "CONFIG_PARSE_ERROR", "");
      }
      inline.put(name + ".yaml", texts.get(i));
    }
    return inline;
  }

  private static String plain(String model) {
    try {
      return FileNames.requirePlain(model);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static JobSpec track(SpecChecks checks) {
    checks.onlyKnown(TRACK_FIELDS);
    checks.mappings("path_mappings", "path_mappings");
    if (!checks.has("data_path")) {
      checks.problem("data_path", "is missing", "INVALID_PATH", "");
    }
    checks.path("data_path", "data_path");
    if (!checks.hasAny("model_paths")) {
      checks.wrong("model_paths", "needs the path of a model");
    }
    put(checks.parameters(), "model_paths", checks.paths("model_paths", "model_paths", MOST_PATHS));
    checks.target("output_path", "output_path");
    checks.number("batch_size", "batch_size", 1, 256);
    checks.decimal("peak_threshold", "peak_threshold", 0, 1);
    checks.flag("only_suggested_frames", "only_suggested_frames");
    checks.flag("exclude_user_labeled", "exclude_user_labeled");
    checks.text("frames", "frames", FRAMES, "numbers and ranges of frames like '0-100,200'");
    checks.text("frame_filter", "frame_filter", FILTER, "'suggested', 'user' or 'predicted'");
    checks.number("video_index", "video_index", 0, 1_000_000);
    checks.requireGood();
    // Applied already.
    ObjectNode parameters = checks.parameters().without("path_mappings");
    return new JobSpec(
        "track",
        parameters,
        Map.of(),
        List.of(),
        Optional.ofNullable(parameters.get("output_path")).map(path -> path.textValue()));
  }

  private static void put(ObjectNode parameters, String name, List<String> values) {
    if (!values.isEmpty()) {
      values.forEach(parameters.putArray(name)::add);
    }
  }

  /** As a job request carries them. */
  String parametersJson() {
    return Json.write(parameters);
  }
}
