package org.peerworks.protocol.sleap.internal.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.Mounts;
import org.peerworks.lib.files.FileNames;
import org.peerworks.lib.sleap.PathMappings;
import org.peerworks.protocol.sleap.internal.wire.JobReply;
import org.peerworks.protocol.sleap.internal.wire.Json;
import org.peerworks.protocol.sleap.internal.wire.Texts;

/** Takes the fields of a specification over, one by one, and collects what is wrong (§2.6). */
final class SpecChecks {

  private final ObjectNode spec;
  private final Supplier<Mounts> mounts;
  private final ObjectNode parameters = Json.object();
  private final List<JobReply.Problem> problems = new ArrayList<>();
  private PathMappings mappings = new PathMappings(Map.of());

  SpecChecks(ObjectNode spec, Supplier<Mounts> mounts) {
    this.spec = spec;
    this.mounts = mounts;
  }

  ObjectNode parameters() {
    return parameters;
  }

  boolean has(String field) {
    return spec.hasNonNull(field);
  }

  /** Whether a field is there, and is no empty list. */
  boolean hasAny(String field) {
    return has(field) && !(spec.get(field).isArray() && spec.get(field).isEmpty());
  }

  void problem(String field, String message, String code, String path) {
    problems.add(
        new JobReply.Problem(Texts.line(field, 100), message, code, Texts.line(path, 1000)));
  }

  void wrong(String field, String message) {
    problem(field, message, "", "");
  }

  /**
   * @throws SpecException if anything was wrong
   */
  void requireGood() {
    if (!problems.isEmpty()) {
      throw new SpecException(problems.subList(0, Math.min(problems.size(), 50)));
    }
  }

  void number(String field, String parameter, long least, long most) {
    if (has(field)) {
      JsonNode node = spec.get(field);
      if (node.isIntegralNumber()
          && node.canConvertToLong()
          && node.longValue() >= least
          && node.longValue() <= most) {
        parameters.put(parameter, node.longValue());
      } else {
        wrong(field, "must be a whole number from %d to %d".formatted(least, most));
      }
    }
  }

  void decimal(String field, String parameter, double least, double most) {
    if (has(field)) {
      JsonNode node = spec.get(field);
      if (node.isNumber() && node.doubleValue() >= least && node.doubleValue() <= most) {
        parameters.put(parameter, node.doubleValue());
      } else {
        wrong(field, "must be a number from %s to %s".formatted(least, most));
      }
    }
  }

  void flag(String field, String parameter) {
    if (has(field)) {
      if (spec.get(field).isBoolean()) {
        parameters.put(parameter, spec.get(field).booleanValue());
      } else {
        wrong(field, "must be true or false");
      }
    }
  }

  void text(String field, String parameter, Pattern form, String rule) {
    if (has(field)) {
      JsonNode node = spec.get(field);
      if (node.isTextual() && form.matcher(node.textValue()).matches()) {
        parameters.put(parameter, node.textValue());
      } else {
        wrong(field, "must be " + rule);
      }
    }
  }

  /** A name that becomes one of a file (§6, S8). */
  void name(String field, String parameter) {
    if (has(field)) {
      try {
        if (!spec.get(field).isTextual()) {
          throw new IllegalArgumentException("must be text");
        }
        parameters.put(parameter, FileNames.requirePlain(spec.get(field).textValue()));
      } catch (IllegalArgumentException e) {
        wrong(field, e.getMessage());
      }
    }
  }

  /** A path of the worker to read, which must be in a mount. */
  void path(String field, String parameter) {
    if (has(field)) {
      String real = confined(field, spec.get(field), path -> mounts.get().require(path).toString());
      if (real != null) {
        parameters.put(parameter, real);
      }
    }
  }

  /** A path of the worker to write, which must be in a mount. */
  void target(String field, String parameter) {
    if (has(field)) {
      String real =
          confined(field, spec.get(field), path -> mounts.get().requireForWriting(path).toString());
      if (real != null) {
        parameters.put(parameter, real);
      }
    }
  }

  /** Several of them, or one. */
  List<String> paths(String one, String several, int most) {
    List<String> paths = new ArrayList<>();
    for (String field : List.of(several, one)) {
      if (has(field) && paths.isEmpty()) {
        for (JsonNode node : list(field, most)) {
          String real = confined(field, node, path -> mounts.get().require(path).toString());
          if (real != null) {
            paths.add(real);
          }
        }
      }
    }
    return paths;
  }

  /** The texts of a field that is a text or a list of them. */
  List<String> texts(String field, int most, int longest) {
    List<String> texts = new ArrayList<>();
    if (has(field)) {
      for (JsonNode node : list(field, most)) {
        if (node.isTextual() && node.textValue().length() <= longest) {
          texts.add(node.textValue());
        } else {
          wrong(field, "must hold texts of at most " + longest + " characters");
        }
      }
    }
    return texts;
  }

  private Iterable<JsonNode> list(String field, int most) {
    JsonNode node = spec.get(field);
    if (!(node instanceof ArrayNode array)) {
      return List.of(node);
    }
    if (array.size() > most) {
      wrong(field, "has %d values, but may have %d".formatted(array.size(), most));
      return List.of();
    }
    return array;
  }

  /**
   * Beginnings of paths of another computer, with what stands there on this worker. They hold for
   * the paths that are read after them.
   */
  void mappings(String field, String parameter) {
    if (!has(field)) {
      return;
    }
    JsonNode node = spec.get(field);
    if (!node.isObject() || node.size() > 100) {
      wrong(field, "must be an object of at most 100 texts");
      return;
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!entry.getValue().isTextual()
          || entry.getKey().length() > 4096
          || entry.getValue().textValue().length() > 4096) {
        wrong(field, "must hold texts of at most 4096 characters");
        return;
      }
    }
    Map<String, String> texts = new LinkedHashMap<>();
    node.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().textValue()));
    mappings = new PathMappings(texts);
    if (!node.isEmpty()) {
      parameters.set(parameter, node.deepCopy());
    }
  }

  void onlyKnown(List<String> known) {
    for (Map.Entry<String, JsonNode> entry : spec.properties()) {
      if (!known.contains(entry.getKey())) {
        wrong(entry.getKey(), "is no field of this kind of job");
      }
    }
  }

  private String confined(String field, JsonNode node, Function<String, String> check) {
    if (!node.isTextual() || node.textValue().isEmpty()) {
      problem(field, "must be a path of the worker", "INVALID_PATH", "");
      return null;
    }
    String path = mappings.apply(node.textValue());
    try {
      return check.apply(path);
    } catch (FileAccessException e) {
      problem(field, e.getMessage(), code(e.code()), path);
    } catch (Refusal e) {
      problem(field, e.getMessage(), "NOT_ALLOWED", path);
    }
    return null;
  }

  private static String code(FileAccessException.Code code) {
    return switch (code) {
      case ACCESS_DENIED -> "NOT_ALLOWED";
      case INVALID_REQUEST -> "INVALID_PATH";
      default -> code.name();
    };
  }
}
