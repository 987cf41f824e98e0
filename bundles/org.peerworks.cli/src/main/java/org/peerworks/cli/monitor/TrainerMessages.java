package org.peerworks.cli.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes what a trainer says harmless for SLEAP's monitor, which reads it with jsonpickle: that
 * makes objects, and so calls, of whatever a key that begins with {@code py/} names. Such keys
 * never pass.
 */
final class TrainerMessages {

  private static final int MOST_DEPTH = 8;
  private static final String TYPED = "py/";

  /** What a loss that has exploded becomes in JSON; a monitor cannot draw it. */
  private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TrainerMessages() {}

  /** The message without what names types; empty if it is no message of a trainer. */
  static Optional<String> harmless(String json) {
    try {
      JsonNode read = MAPPER.readTree(json);
      if (read instanceof ObjectNode object && object.path("event").isTextual()) {
        return Optional.of(MAPPER.writeValueAsString(copy(object, 0)));
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static JsonNode copy(JsonNode node, int depth) {
    if (depth > MOST_DEPTH) {
      return MAPPER.nullNode();
    }
    if (node.isObject()) {
      ObjectNode copy = MAPPER.createObjectNode();
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        if (!field.getKey().startsWith(TYPED) && !NO_NUMBERS.contains(field.getValue().asText())) {
          copy.set(field.getKey(), copy(field.getValue(), depth + 1));
        }
      }
      return copy;
    }
    if (node.isArray()) {
      ArrayNode copy = MAPPER.createArrayNode();
      node.forEach(item -> copy.add(copy(item, depth + 1)));
      return copy;
    }
    return node;
  }
}
