package org.peerworks.protocol.peerworks.internal.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads and writes messages: strict JSON (RFC 8259) within limits. */
public final class Json {

  /** Longest message in bytes, once its parts are put together. */
  public static final int MAX_MESSAGE = 4 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(MAX_MESSAGE)
                          .maxStringLength(MAX_MESSAGE)
                          .maxNestingDepth(16)
                          .maxNumberLength(40)
                          .maxNameLength(512)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ObjectNode message(String type) {
    return object().put("type", type);
  }

  /** As ASCII, so that characters and bytes are the same number. */
  public static String write(ObjectNode message) {
    try {
      return MAPPER.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A message could not be written as JSON.", e);
    }
  }

  /** Whether a text is one JSON object within the limits of messages. */
  public static boolean isObject(String text) {
    try {
      return MAPPER.readTree(text) instanceof ObjectNode;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /**
   * @throws WireException if it is no JSON object within the limits
   */
  public static ObjectNode read(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new WireException(
          "A text message is no valid JSON: " + Texts.line(e.getOriginalMessage(), 200), e);
    }
    throw new WireException("A text message must be a JSON object.");
  }
}
