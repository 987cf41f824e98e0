package org.peerworks.protocol.peerworks.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Takes typed values out of a JSON object; what does not fit is named. Others are ignored. */
public final class Fields {

  private final String where;
  private final ObjectNode object;

  /**
   * @param where what the object is, for people
   */
  public Fields(String where, ObjectNode object) {
    this.where = where;
    this.object = object;
  }

  public boolean has(String name) {
    JsonNode node = object.get(name);
    return node != null && !node.isNull();
  }

  public String text(String name, int longest) {
    JsonNode node = object.get(name);
    if (node == null || !node.isTextual()) {
      throw wrong(name, "must be text", node);
    }
    if (node.textValue().length() > longest) {
      throw new FieldException(
          "Field '%s' of %s has %d characters, but may have %d."
              .formatted(name, where, node.textValue().length(), longest));
    }
    return node.textValue();
  }

  public String text(String name, int longest, String otherwise) {
    return has(name) ? text(name, longest) : otherwise;
  }

  public long number(String name, long least, long most) {
    JsonNode node = object.get(name);
    if (node == null || !node.isIntegralNumber() || !node.canConvertToLong()) {
      throw wrong(name, "must be a whole number", node);
    }
    long value = node.longValue();
    if (value < least || value > most) {
      throw wrong(name, "must be from " + least + " to " + most, node);
    }
    return value;
  }

  public long number(String name, long least, long most, long otherwise) {
    return has(name) ? number(name, least, most) : otherwise;
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

  public Fields object(String name) {
    return optionalObject(name).orElseThrow(() -> wrong(name, "must be an object", null));
  }

  public Optional<Fields> optionalObject(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    if (object.get(name) instanceof ObjectNode found) {
      return Optional.of(new Fields("'" + name + "' of " + where, found));
    }
    throw wrong(name, "must be an object", object.get(name));
  }

  /** The values of a list, each of them an object. */
  public <T> List<T> objects(String name, int most, Function<Fields, T> read) {
    List<T> values = new ArrayList<>();
    for (JsonNode node : array(name, most)) {
      if (!(node instanceof ObjectNode found)) {
        throw wrong(name, "must be a list of objects", node);
      }
      values.add(read.apply(new Fields("'" + name + "' of " + where, found)));
    }
    return values;
  }

  public List<String> texts(String name, int most, int longest) {
    List<String> values = new ArrayList<>();
    for (JsonNode node : array(name, most)) {
      if (!node.isTextual() || node.textValue().length() > longest) {
        throw wrong(name, "must be a list of texts of at most " + longest + " characters", node);
      }
      values.add(node.textValue());
    }
    return values;
  }

  /** The entries of this object, each value an object. */
  public void entries(int most, BiConsumer<String, Fields> each) {
    if (object.size() > most) {
      throw new FieldException(
          "%s has %d entries, but may have %d.".formatted(where, object.size(), most));
    }
    Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, JsonNode> entry = entries.next();
      String name = Texts.line(entry.getKey(), 100);
      if (!(entry.getValue() instanceof ObjectNode found)) {
        throw wrong(name, "must be an object", entry.getValue());
      }
      each.accept(entry.getKey(), new Fields("'" + name + "' of " + where, found));
    }
  }

  private JsonNode array(String name, int most) {
    JsonNode node = object.get(name);
    if (node == null || !node.isArray()) {
      throw wrong(name, "must be a list", node);
    }
    if (node.size() > most) {
      throw new FieldException(
          "Field '%s' of %s has %d values, but may have %d."
              .formatted(name, where, node.size(), most));
    }
    return node;
  }

  private FieldException wrong(String name, String rule, JsonNode found) {
    String was = found == null ? "it is missing" : "it was " + Texts.line(found.toString(), 60);
    return new FieldException("Field '%s' of %s %s, but %s.".formatted(name, where, rule, was));
  }
}
