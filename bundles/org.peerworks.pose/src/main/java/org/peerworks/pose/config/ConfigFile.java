package org.peerworks.pose.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.peerworks.pose.UserError;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A training configuration as sleap-nn writes it (YAML), with overrides from the command line. */
public final class ConfigFile {

  private static final int LARGEST = 1 << 20;
  private static final int MOST_ALIASES = 50;

  private final String name;
  private final Map<String, Object> root;

  private ConfigFile(String name, Map<String, Object> root) {
    this.name = name;
    this.root = root;
  }

  /**
   * Reads a file of at most 1 MiB; only plain data, no types of the file's own.
   *
   * @throws UserError if it is missing, too large or no YAML
   */
  public static ConfigFile read(Path file) throws UserError {
    try {
      if (!Files.isRegularFile(file)) {
        throw UserError.data("There is no configuration '%s'.", file);
      }
      if (Files.size(file) > LARGEST) {
        throw UserError.data("The configuration '%s' is larger than %d bytes.", file, LARGEST);
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return new ConfigFile(
          file.getFileName().toString(), map(load(text), "The configuration '" + file + "'"));
    } catch (MarkedYamlEngineException e) {
      throw UserError.data(e, "The configuration '%s' is no YAML: %s", file, e.getMessage());
    } catch (YamlEngineException e) {
      throw UserError.data(
          e, "The configuration '%s' is no YAML: it has a value that cannot be read.", file);
    } catch (StackOverflowError e) {
      throw UserError.data(e, "The configuration '%s' is nested too deeply.", file);
    } catch (IOException e) {
      throw UserError.data(e, "The configuration '%s' cannot be read: %s.", file, e.getMessage());
    }
  }

  private static Object load(String text) {
    return new Load(
            LoadSettings.builder()
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setAllowRecursiveKeys(false)
                .setAllowDuplicateKeys(false)
                .build())
        .loadFromString(text);
  }

  private static Map<String, Object> map(Object value, String what) throws UserError {
    if (!(value instanceof Map<?, ?> given)) {
      throw UserError.data("%s holds no keys with values.", what);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : given.entrySet()) {
      map.put(String.valueOf(entry.getKey()), entry.getValue());
    }
    return map;
  }

  /**
   * Replaces or adds one value.
   *
   * @param override a dotted path and a YAML value, like {@code trainer_config.max_epochs=20}; a
   *     leading {@code +} or {@code ++} says that the key may be new, which it always may here
   */
  public void override(String override) throws UserError {
    int equals = override.indexOf('=');
    String path = equals < 0 ? "" : override.substring(0, equals).replaceFirst("^\\+{1,2}", "");
    if (!path.matches("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*")) {
      throw UserError.usage(
          "The override '%s' has to look like 'trainer_config.max_epochs=20'.", override);
    }
    set(path, value(override, equals));
  }

  /** Sets one value by its dotted path. */
  public void set(String path, Object value) throws UserError {
    String[] keys = path.split("\\.");
    Map<String, Object> parent = root;
    for (int i = 0; i < keys.length - 1; i++) {
      Object child = parent.get(keys[i]);
      Map<String, Object> copy =
          child == null ? new LinkedHashMap<>() : map(child, "'" + path + "': '" + keys[i] + "'");
      parent.put(keys[i], copy);
      parent = copy;
    }
    parent.put(keys[keys.length - 1], value);
  }

  private static Object value(String override, int equals) throws UserError {
    try {
      return load(override.substring(equals + 1));
    } catch (YamlEngineException | StackOverflowError e) {
      throw UserError.usage("The value of the override '%s' is no YAML.", override);
    }
  }

  /** Name of the file it was read from. */
  public String name() {
    return name;
  }

  public Section root() {
    return new Section("", root);
  }

  /** Writes it in the order in which it was read. */
  public void write(Path file) throws IOException {
    DumpSettings settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
    Files.writeString(file, new Dump(settings).dumpToString(root), StandardCharsets.UTF_8);
  }
}
