package org.peerworks.pose.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.peerworks.pose.UserError;

/**
 * A part of the configuration, read key by key.
 *
 * <p>What was neither read nor put aside when {@link #end()} is called is refused by its full name.
 */
public final class Section {

  private final String path;
  private final Map<String, Object> values;
  private final Set<String> left;

  Section(String path, Map<String, Object> values) {
    this.path = path;
    this.values = values;
    left = new LinkedHashSet<>(values.keySet());
  }

  private String full(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private Optional<Object> take(String key) {
    left.remove(key);
    return Optional.ofNullable(values.get(key));
  }

  /** Whether the key is there and not null. */
  public boolean has(String key) {
    return values.get(key) != null;
  }

  /** A part of this part; empty if it is absent or null. */
  public Section section(String key) throws UserError {
    Object value = take(key).orElse(Map.of());
    if (!(value instanceof Map<?, ?> map)) {
      throw UserError.usage("'%s' has to hold keys with values, but is '%s'.", full(key), value);
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((name, entry) -> copy.put(String.valueOf(name), entry));
    return new Section(full(key), copy);
  }

  public Optional<String> text(String key) throws UserError {
    Optional<Object> value = take(key);
    if (value.isPresent() && (value.get() instanceof Map || value.get() instanceof List)) {
      throw UserError.usage("'%s' has to be a text, but is '%s'.", full(key), value.get());
    }
    return value.map(Object::toString);
  }

  /** A list of texts; a single text stands for a list of one. */
  public List<String> texts(String key) throws UserError {
    Object value = take(key).orElse(List.of());
    if (value instanceof String text) {
      return List.of(text);
    }
    if (!(value instanceof List<?> list)) {
      throw UserError.usage("'%s' has to be a list of texts, but is '%s'.", full(key), value);
    }
    List<String> texts = new ArrayList<>();
    for (Object entry : list) {
      if (entry == null || entry instanceof Map || entry instanceof List) {
        throw UserError.usage("'%s' has to be a list of texts, but holds '%s'.", full(key), entry);
      }
      texts.add(entry.toString());
    }
    return texts;
  }

  public boolean truth(String key, boolean otherwise) throws UserError {
    Object value = take(key).orElse(otherwise);
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw UserError.usage("'%s' has to be true or false, but is '%s'.", full(key), value);
  }

  public int integer(String key, int otherwise, int least, int most) throws UserError {
    return optionalInteger(key, least, most).orElse(otherwise);
  }

  public Optional<Integer> optionalInteger(String key, int least, int most) throws UserError {
    Optional<Object> value = take(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Number number
        && number.doubleValue() == Math.rint(number.doubleValue())
        && number.doubleValue() >= least
        && number.doubleValue() <= most) {
      return Optional.of(number.intValue());
    }
    throw UserError.usage(
        "'%s' has to be a whole number from %d to %d, but is '%s'.",
        full(key), least, most, value.get());
  }

  /** A whole number from 1 to 128. */
  public int powerOfTwo(String key, int otherwise) throws UserError {
    int value = integer(key, otherwise, 1, 128);
    if (Integer.bitCount(value) != 1) {
      throw UserError.usage("'%s' has to be a power of two, but is %d.", full(key), value);
    }
    return value;
  }

  public double real(String key, double otherwise, double least, double most) throws UserError {
    Object value = take(key).orElse(otherwise);
    if (value instanceof Number number
        && number.doubleValue() >= least
        && number.doubleValue() <= most) {
      return number.doubleValue();
    }
    throw UserError.usage(
        "'%s' has to be a number from %s to %s, but is '%s'.", full(key), least, most, value);
  }

  /** One of some texts; the first one if it is absent. */
  public String choice(String key, String... choices) throws UserError {
    String value = text(key).orElse(choices[0]);
    for (String choice : choices) {
      if (choice.equalsIgnoreCase(value)) {
        return choice;
      }
    }
    throw UserError.usage(
        "'%s' is '%s', which the built-in trainer does not have. It has: %s.",
        full(key), value, String.join(", ", choices));
  }

  /** Puts keys aside that change nothing about the result here. */
  public Section ignore(String... keys) {
    left.removeAll(List.of(keys));
    return this;
  }

  /** Refuses a feature unless it is absent, null, false, 0 or empty. */
  public Section without(String... keys) throws UserError {
    for (String key : keys) {
      Object value = take(key).orElse(false);
      boolean off =
          Boolean.FALSE.equals(value)
              || (value instanceof Number number && number.doubleValue() == 0)
              || (value instanceof List<?> list && list.isEmpty());
      if (!off) {
        throw UserError.usage(
            "'%s' is set, but the built-in trainer does not have it. Remove it, or install sleap-nn on the worker.",
            full(key));
      }
    }
    return this;
  }

  /** Refuses what nobody asked for. */
  public void end() throws UserError {
    if (!left.isEmpty()) {
      throw UserError.usage(
          "The configuration key '%s' is not known to the built-in trainer. Remove it, or correct its name.",
          full(left.iterator().next()));
    }
  }
}
