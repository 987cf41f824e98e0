package org.peerworks.protocol.sleap.internal.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobRequest;
import org.peerworks.protocol.sleap.internal.wire.Json;
import org.peerworks.protocol.sleap.internal.wire.WireException;

/**
 * A request as the specification of a structured job (sleap-rtc wire format §2.6). Names of files
 * that go along stand where paths of the worker may stand, and are replaced by paths or contents.
 */
final class JobSpecs {

  private static final Set<String> TRAIN =
      Set.of(
          "max_epochs",
          "batch_size",
          "learning_rate",
          "run_name",
          "resume_ckpt_path",
          "model_types",
          "path_mappings");
  private static final Set<String> TRACK =
      Set.of(
          "output_path",
          "batch_size",
          "peak_threshold",
          "only_suggested_frames",
          "exclude_user_labeled",
          "frames",
          "frame_filter",
          "video_index",
          "path_mappings");

  /** Where a file that went along is at the worker now. */
  @FunctionalInterface
  interface Placed {
    /**
     * @param name of an input, or of a model that went along
     * @return absolute path at the worker; null if it is not there
     */
    String path(String name);
  }

  /**
   * A specification.
   *
   * @param names of the models, as far as they are known
   * @param models how many there are
   * @param epochs most epochs of a model; 0 if unknown
   * @param infer whether the tracking that may follow a training is wanted
   */
  record Spec(
      boolean train, ObjectNode json, List<String> names, int models, long epochs, boolean infer) {}

  private JobSpecs() {}

  /** The names of inputs that must lie at the worker, beside configurations. */
  static List<String> dataFiles(JobRequest request) {
    ObjectNode parameters = parameters(request);
    List<String> names = new ArrayList<>();
    for (String field : List.of("labels", "val_labels", "resume_ckpt_path", "data_path")) {
      String value = parameters.path(field).asText("");
      if (request.inputs().containsKey(value)) {
        names.add(value);
      }
    }
    return names;
  }

  /** The names of configurations that go along. */
  static List<String> configFiles(JobRequest request) {
    return texts(parameters(request).path("configs")).stream()
        .filter(request.inputs()::containsKey)
        .toList();
  }

  /** Whether some configurations go along, and others are at the worker. */
  static boolean mixed(JobRequest request) {
    int local = configFiles(request).size();
    return local > 0 && local < texts(parameters(request).path("configs")).size();
  }

  static ObjectNode parameters(JobRequest request) {
    try {
      return Json.readObject(request.parameters());
    } catch (WireException e) {
      throw Refusals.invalid("The parameters of the job are no JSON object.", e);
    }
  }

  /**
   * @param placed configurations that it knows are named by path, others are put in
   */
  static Spec of(JobRequest request, Placed placed) throws IOException {
    return request.type().equals("train") ? train(request, placed) : track(request, placed);
  }

  private static Spec train(JobRequest request, Placed placed) throws IOException {
    ObjectNode parameters = parameters(request);
    ObjectNode json = Json.object().put("type", "train");
    List<String> configs = texts(parameters.path("configs"));
    if (configs.isEmpty()) {
      throw Refusals.invalid("A training needs at least one configuration in 'configs'.");
    }
    List<String> paths = new ArrayList<>();
    List<String> contents = new ArrayList<>();
    for (String config : configs) {
      String path = request.inputs().containsKey(config) ? placed.path(config) : config;
      if (path == null) {
        contents.add(Files.readString(request.inputs().get(config)));
      } else {
        paths.add(path);
      }
    }
    if (!paths.isEmpty() && !contents.isEmpty()) {
      throw Refusals.invalid("Give all configurations as files of the worker, or none.");
    }
    put(json, "config_path", paths);
    put(json, "config_content", contents);
    path(parameters, "labels", json, "labels_path", request, placed);
    path(parameters, "val_labels", json, "val_labels_path", request, placed);
    copy(
        parameters,
        json,
        TRAIN,
        Set.of("configs", "labels", "val_labels", "infer", "controller_port", "publish_port"));
    List<String> names = configs.stream().map(JobSpecs::stem).toList();
    return new Spec(
        true,
        json,
        names,
        configs.size(),
        parameters.path("max_epochs").asLong(0),
        parameters.path("infer").asBoolean(true));
  }

  private static Spec track(JobRequest request, Placed placed) {
    ObjectNode parameters = parameters(request);
    ObjectNode json = Json.object().put("type", "track");
    path(parameters, "data_path", json, "data_path", request, placed);
    if (!json.has("data_path")) {
      throw Refusals.invalid("A tracking needs the labels in 'data_path'.");
    }
    List<String> models = texts(parameters.path("model_paths"));
    if (models.isEmpty()) {
      throw Refusals.invalid("A tracking needs at least one model in 'model_paths'.");
    }
    ArrayNode paths = json.putArray("model_paths");
    for (String model : models) {
      String sent = placed.path(model);
      paths.add(sent == null ? model : sent);
    }
    copy(parameters, json, TRACK, Set.of("data_path", "model_paths"));
    return new Spec(false, json, List.of(), 1, 0, false);
  }

  private static void path(
      ObjectNode from, String name, ObjectNode to, String as, JobRequest request, Placed placed) {
    String value = from.path(name).asText("");
    if (!value.isEmpty()) {
      to.put(as, request.inputs().containsKey(value) ? placed.path(value) : value);
    }
  }

  /** The first workers of the generation know the singular only. */
  private static void put(ObjectNode json, String name, List<String> values) {
    if (values.size() == 1) {
      json.put(name, values.get(0));
    } else if (!values.isEmpty()) {
      values.forEach(json.putArray(name + "s")::add);
    }
  }

  private static void copy(ObjectNode from, ObjectNode to, Set<String> known, Set<String> done) {
    for (Map.Entry<String, JsonNode> field : from.properties()) {
      if (known.contains(field.getKey())) {
        if (!field.getValue().isNull()) {
          to.set(field.getKey(), field.getValue());
        }
      } else if (!done.contains(field.getKey()) && !field.getValue().isNull()) {
        throw new JobException(
            JobException.Code.INVALID,
            "A sleap-rtc worker knows no '" + field.getKey() + "'. Leave it out.");
      }
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static String stem(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.replaceFirst("\\.ya?ml$", "");
  }

  /** Whether a request names files of the worker, or values for its trainer. */
  static boolean isStructured(JobRequest request) {
    ObjectNode parameters = parameters(request);
    return request.type().equals("track")
        ? parameters.has("data_path")
        : parameters.has("labels")
            || texts(parameters.path("configs")).stream().anyMatch(name -> name.startsWith("/"))
            || TRAIN.stream().anyMatch(parameters::hasNonNull);
  }
}
