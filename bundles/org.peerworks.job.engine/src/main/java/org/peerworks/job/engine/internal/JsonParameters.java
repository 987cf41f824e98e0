package org.peerworks.job.engine.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.peerworks.job.api.Parameters;

/** Parameters as the type's code reads them. */
final class JsonParameters implements Parameters {

  private final String json;
  private ObjectNode object;

  JsonParameters(String json) {
    this.json = json;
  }

  @Override
  public String json() {
    return json;
  }

  @Override
  public Optional<String> string(String name) {
    return field(name, JsonNode::isTextual, "a text").map(JsonNode::textValue);
  }

  @Override
  public List<String> strings(String name) {
    List<String> texts = new ArrayList<>();
    field(name, JsonNode::isArray, "a list of texts")
        .ifPresent(
            list ->
                list.forEach(
                    item -> {
                      if (!item.isTextual()) {
                        throw wrong(name, "a list of texts");
                      }
                      texts.add(item.textValue());
                    }));
    return List.copyOf(texts);
  }

  @Override
  public OptionalLong number(String name) {
    return field(name, n -> n.canConvertToExactIntegral() && n.canConvertToLong(), "a whole number")
        .map(n -> OptionalLong.of(n.longValue()))
        .orElse(OptionalLong.empty());
  }

  @Override
  public OptionalDouble decimal(String name) {
    return field(name, JsonNode::isNumber, "a number")
        .map(n -> OptionalDouble.of(n.doubleValue()))
        .orElse(OptionalDouble.empty());
  }

  @Override
  public Optional<Boolean> flag(String name) {
    return field(name, JsonNode::isBoolean, "true or false").map(JsonNode::booleanValue);
  }

  private Optional<JsonNode> field(String name, Predicate<JsonNode> fits, String wanted) {
    JsonNode node = object().get(name);
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    if (!fits.test(node)) {
      throw wrong(name, wanted);
    }
    return Optional.of(node);
  }

  /** Parsed when a field is first asked for. */
  private synchronized ObjectNode object() {
    if (object == null) {
      object = Json.object("The parameters", json);
    }
    return object;
  }

  private static IllegalArgumentException wrong(String name, String wanted) {
    return new IllegalArgumentException("The parameter '" + name + "' must be " + wanted + ".");
  }
}
