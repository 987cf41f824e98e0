package org.peerworks.cli.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.train.LocalFiles;

/**
 * Parameters of a job as a person types them. What a value is, the JSON Schema of the job type
 * says: {@code 7} is a text where a text is wanted. Whether it fits is for the worker to judge.
 */
final class TypedParameters {

  private static final long MOST_BYTES = 16 << 20;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private final ObjectNode base;
  private final Map<String, List<String>> values;

  private TypedParameters(ObjectNode base, Map<String, List<String>> values) {
    this.base = base;
    this.values = values;
  }

  /**
   * Reads what was typed.
   *
   * @param values {@code NAME=VALUE}
   * @param file a JSON object, at most 16 MiB
   */
  static TypedParameters of(List<String> values, Optional<Path> file) throws IOException {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    for (String value : values) {
      int equals = value.indexOf('=');
      byName
          .computeIfAbsent(value.substring(0, equals), name -> new ArrayList<>())
          .add(value.substring(equals + 1));
    }
    return new TypedParameters(
        file.isPresent() ? read(file.get()) : MAPPER.createObjectNode(), byName);
  }

  private static ObjectNode read(Path file) throws IOException {
    LocalFiles.requireFile(file, "A file with parameters as a JSON object");
    if (Files.size(file) > MOST_BYTES) {
      throw CommandFailure.usage("'" + file + "' is larger than 16 MiB; no job takes that.");
    }
    try {
      if (MAPPER.readTree(Files.readAllBytes(file)) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw CommandFailure.usage("'" + file + "' is no JSON: " + e.getOriginalMessage(), e);
    }
    throw CommandFailure.usage("'" + file + "' holds no JSON object, {\"name\": value, …}.");
  }

  /**
   * The parameters as a JSON object.
   *
   * @param schema of the job type, as the worker sent it
   */
  String json(String schema) {
    JsonNode properties = parsed(schema).path("properties");
    ObjectNode all = base.deepCopy();
    values.forEach((name, typed) -> all.set(name, value(typed, properties.path(name))));
    return all.toString();
  }

  private static JsonNode value(List<String> typed, JsonNode property) {
    boolean list = allows(property, "array") && !typed.get(0).startsWith("[");
    if (typed.size() == 1 && !list) {
      return value(typed.get(0), property);
    }
    ArrayNode array = MAPPER.createArrayNode();
    JsonNode items = property.path("items");
    typed.forEach(each -> array.add(value(each, items)));
    return array;
  }

  private static JsonNode value(String typed, JsonNode property) {
    if (allows(property, "string") || isMember(typed, property.path("enum"))) {
      return TextNode.valueOf(typed);
    }
    JsonNode parsed = parsed(typed);
    return parsed.isMissingNode() ? TextNode.valueOf(typed) : parsed;
  }

  private static boolean allows(JsonNode property, String type) {
    JsonNode types = property.path("type");
    return types.asText().equals(type) || isMember(type, types);
  }

  private static boolean isMember(String text, JsonNode array) {
    for (JsonNode each : array) {
      if (each.isTextual() && each.textValue().equals(text)) {
        return true;
      }
    }
    return false;
  }

  /** Missing if it is no JSON. */
  private static JsonNode parsed(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
