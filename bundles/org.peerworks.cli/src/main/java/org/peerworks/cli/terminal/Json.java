package org.peerworks.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** JSON as it is printed: one line. */
public final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A value cannot be written as JSON.", e);
    }
  }

  /** A JSON object that came as text; its text as it is where it is none. */
  public static Object parsed(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      return json;
    }
  }

  /** A text field of a JSON object; empty where there is none. */
  public static String text(String json, String field) {
    return parsed(json) instanceof ObjectNode object ? object.path(field).asText("") : "";
  }

  /** An object as JSON text. */
  public static String object(Map<String, ?> fields) {
    return line(fields);
  }
}
