package org.peerworks.signaling.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads and writes the JSON of the wire; bounded depth. */
final class Json {

  private static final int MAX_DEPTH = 64;
  private static final int MAX_SHOWN = 300;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ObjectNode typed(String type) {
    return object().put("type", type);
  }

  /** Empty if it is no JSON object. */
  static Optional<ObjectNode> object(String text) {
    return value(text).filter(JsonNode::isObject).map(ObjectNode.class::cast);
  }

  /** Empty if it is no JSON. */
  static Optional<JsonNode> value(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  static Object plain(JsonNode node) {
    return MAPPER.convertValue(node, Object.class);
  }

  /** Empty if the field is missing or no text. */
  static Optional<String> text(JsonNode object, String field) {
    JsonNode value = object.get(field);
    return value != null && value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }

  /** A stranger's text, fit for a terminal: one line, not too long. */
  static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "…";
  }

  static Map<String, Object> copy(Map<String, Object> first, Map<String, Object> second) {
    Map<String, Object> merged = new HashMap<>(first);
    merged.putAll(second);
    return Map.copyOf(merged);
  }
}
