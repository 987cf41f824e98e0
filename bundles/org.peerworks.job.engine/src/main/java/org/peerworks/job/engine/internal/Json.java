package org.peerworks.job.engine.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON as this bundle reads it: strictly. */
final class Json {

  static final ObjectMapper MAPPER = reader(StreamReadConstraints.defaults());

  private Json() {}

  static ObjectMapper reader(StreamReadConstraints constraints) {
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  /** A JSON text without the blanks between its values; no value is changed. */
  static String compact(String json) {
    StringBuilder compact = new StringBuilder(json.length());
    boolean text = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (text && c == '\\') {
        compact.append(c).append(json.charAt(++i));
        continue;
      }
      if (c == '"') {
        text = !text;
      }
      if (text || " \t\r\n".indexOf(c) < 0) {
        compact.append(c);
      }
    }
    return compact.toString();
  }

  /**
   * @param what that the text is, for the message: {@code The parameters}
   * @throws IllegalArgumentException it is not one JSON object; says where
   */
  static ObjectNode object(String what, String text) {
    return object(MAPPER, what, text);
  }

  static ObjectNode object(ObjectMapper reader, String what, String text) {
    JsonNode node;
    try {
      node = reader.readTree(text);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " (line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr()
                  + ")";
      throw new IllegalArgumentException(
          what + " are not JSON: " + e.getOriginalMessage() + where + ".", e);
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException(
        what
            + " must be a JSON object, but are "
            + (node.isMissingNode()
                ? "empty"
                : "a " + node.getNodeType().name().toLowerCase(java.util.Locale.ROOT))
            + ".");
  }
}
