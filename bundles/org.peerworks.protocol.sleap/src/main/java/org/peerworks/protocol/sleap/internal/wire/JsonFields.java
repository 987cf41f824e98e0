package org.peerworks.protocol.sleap.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Takes typed values out of a message's JSON; what does not fit is named. Others are ignored. */
public final class JsonFields {

  /** Most entries of a list or a map. */
  private static final int MOST = 10_000;

  private final String where;
  private final JsonNode object;

  /**
   * @param where name of the message, for people
   */
  public JsonFields(String where, ObjectNode object) {
    this.where = where;
    this.object = object;
  }

  static JsonFields read(String where, String text) {
    return new JsonFields(where, Json.readObject(text));
  }

  public boolean has(String name) {
    return object.hasNonNull(name);
  }

  public String text(String name, int longest) {
    JsonNode node = object.get(name);
    if (node == null || !node.isTextual() || node.textValue().length() > longest) {
      throw wrong(name, "must be text of at most " + longest + " characters", node);
    }
    return node.textValue();
  }

  public String text(String name, int longest, String otherwise) {
    return has(name) ? text(name, longest) : otherwise;
  }

  public Optional<String> optionalText(String name, int longest) {
    return has(name) ? Optional.of(text(name, longest)) : Optional.empty();
  }

  public long number(String name, long least, long most) {
    JsonNode node = object.get(name);
    if (node == null
        || !node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < least
        || node.longValue() > most) {
      throw wrong(name, "must be a whole number from " + least + " to " + most, node);
    }
    return node.longValue();
  }

  public long number(String name, long least, long most, long otherwise) {
    return has(name) ? number(name, least, most) : otherwise;
  }

  /** A number, where also {@code NaN} and infinities may stand. */
  public double decimal(String name, double otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    JsonNode node = object.get(name);
    if (!node.isNumber()) {
      throw wrong(name, "must be a number", node);
    }
    return node.doubleValue();
  }

  public OptionalDouble optionalDecimal(String name) {
    return has(name) ? OptionalDouble.of(decimal(name, 0)) : OptionalDouble.empty();
  }

  public boolean flag(String name, boolean otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    JsonNode node = object.get(name);
    if (!node.isBoolean()) {
      throw wrong(name, "must be true or false", node);
    }
    return node.booleanValue();
  }

  /** Of a list; empty if it is missing. */
  public List<String> texts(String name, int longest) {
    List<String> values = new ArrayList<>();
    for (JsonNode node : list(name)) {
      if (!node.isTextual() || node.textValue().length() > longest) {
        throw wrong(name, "must be a list of texts of at most " + longest + " characters", node);
      }
      values.add(node.textValue());
    }
    return values;
  }

  public Optional<JsonFields> optionalObject(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    if (object.get(name) instanceof ObjectNode found) {
      return Optional.of(new JsonFields(where, found));
    }
    throw wrong(name, "must be an object", object.get(name));
  }

  /** Of a list of objects; empty if it is missing. */
  public <T> List<T> objects(String name, Function<JsonFields, T> read) {
    List<T> values = new ArrayList<>();
    for (JsonNode node : list(name)) {
      if (!(node instanceof ObjectNode found)) {
        throw wrong(name, "must be a list of objects", node);
      }
      values.add(read.apply(new JsonFields(where, found)));
    }
    return values;
  }

  /** Of an object whose values are texts, in its order; empty if it is missing. */
  public Map<String, String> map(String name, int longest) {
    if (!has(name)) {
      return Map.of();
    }
    JsonNode node = object.get(name);
    if (!node.isObject() || node.size() > MOST) {
      throw wrong(name, "must be an object of at most " + MOST + " texts", node);
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!entry.getValue().isTextual()
          || entry.getKey().length() > longest
          || entry.getValue().textValue().length() > longest) {
        throw wrong(
            name, "must hold texts of at most " + longest + " characters", entry.getValue());
      }
      values.put(entry.getKey(), entry.getValue().textValue());
    }
    return values;
  }

  private JsonNode list(String name) {
    if (!has(name)) {
      return Json.object().arrayNode();
    }
    JsonNode node = object.get(name);
    if (!node.isArray() || node.size() > MOST) {
      throw wrong(name, "must be a list of at most " + MOST + " values", node);
    }
    return node;
  }

  private WireException wrong(String name, String rule, JsonNode found) {
    String was = found == null ? "it is missing" : "it was " + Texts.line(found.toString(), 60);
    return new WireException("'%s' of '%s' %s, but %s.".formatted(name, where, rule, was));
  }
}
