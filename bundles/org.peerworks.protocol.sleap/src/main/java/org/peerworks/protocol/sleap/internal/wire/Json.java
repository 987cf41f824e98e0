package org.peerworks.protocol.sleap.internal.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads and writes the JSON of messages, as plain trees and never as types. */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(Limits.JSON)
                          .maxStringLength(Limits.JSON)
                          .maxNestingDepth(32)
                          .maxNumberLength(60)
                          .maxNameLength(Limits.PATH)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  // Python writes NaN and Infinity, as in a loss that has exploded.
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * As ASCII without {@code ::}: outside of strings JSON has none, and inside of them the second
   * colon is escaped.
   */
  public static String write(JsonNode value) {
    try {
      return MAPPER.writeValueAsString(value).replace("::", ":\\u003a");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A message could not be written as JSON.", e);
    }
  }

  /**
   * @throws WireException if it is no JSON within the limits
   */
  public static JsonNode read(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node != null && !node.isMissingNode()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new WireException(
          "The JSON of a message is not valid: " + Texts.line(e.getOriginalMessage(), 200), e);
    }
    throw new WireException("A message has no JSON where some must stand.");
  }

  /**
   * @throws WireException if it is no JSON object within the limits
   */
  public static ObjectNode readObject(String text) {
    if (read(text) instanceof ObjectNode object) {
      return object;
    }
    throw new WireException("The JSON of a message must be an object.");
  }
}
