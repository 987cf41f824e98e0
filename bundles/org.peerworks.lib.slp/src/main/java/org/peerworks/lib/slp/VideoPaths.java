package org.peerworks.lib.slp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The paths in one row of {@code videos_json}: a video's, or those of a sequence of images. */
final class VideoPaths {

  private static final List<String> FIELDS = List.of("filename", "filenames");

  private final JsonNode json;
  private final JsonNode backend;

  private VideoPaths(JsonNode json, JsonNode backend) {
    this.json = json;
    this.backend = backend;
  }

  /**
   * @param json changed by {@link #replace}
   */
  static VideoPaths of(JsonNode json) {
    JsonNode backend = json.has("backend") ? json.path("backend") : json;
    return new VideoPaths(json, backend);
  }

  JsonNode json() {
    return json;
  }

  VideoFiles files() {
    if (embedded()) {
      return new VideoFiles(List.of(), true);
    }
    List<String> names = new ArrayList<>();
    for (String field : FIELDS) {
      JsonNode value = backend.path(field);
      if (value.isTextual()) {
        names.add(value.asText());
      }
      value.forEach(name -> names.add(name.asText("")));
    }
    return new VideoFiles(names, false);
  }

  private boolean embedded() {
    return backend.path("filename").asText("").equals(".");
  }

  /**
   * Changes paths.
   *
   * @return whether any has changed
   */
  boolean replace(Map<String, String> paths) {
    if (embedded() || !(backend instanceof ObjectNode object)) {
      return false;
    }
    boolean changed = false;
    for (String field : FIELDS) {
      JsonNode value = object.path(field);
      if (value.isTextual() && paths.containsKey(value.asText())) {
        object.put(field, paths.get(value.asText()));
        changed = true;
      } else if (value instanceof ArrayNode names) {
        for (int i = 0; i < names.size(); i++) {
          String other = paths.get(names.path(i).asText(""));
          if (other != null) {
            names.set(i, names.textNode(other));
            changed = true;
          }
        }
      }
    }
    return changed;
  }
}
