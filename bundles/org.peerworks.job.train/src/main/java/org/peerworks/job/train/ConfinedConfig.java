package org.peerworks.job.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.PackagePaths;
import org.peerworks.lib.sleap.PathMappings;
import org.peerworks.lib.sleap.Shown;
import org.peerworks.lib.sleap.WorkerPaths;

/**
 * A configuration whose paths are this worker's: mapped, resolved, and confined to its mounts. What
 * was sent along is found by its name.
 */
final class ConfinedConfig {

  private final ConfigFile config;
  private final PathMappings mappings;
  private final WorkerPaths paths;
  private final Optional<String> directory;
  private final Set<String> sent;
  private final Set<String> replaced;
  private final Set<String> confined = new HashSet<>();

  /**
   * @param directory of the worker that the configuration lies in; empty if it was sent
   * @param sent names of the files that were sent
   * @param replaced settings that the job has a value of its own for
   */
  ConfinedConfig(
      ConfigFile config,
      PathMappings mappings,
      WorkerPaths paths,
      Optional<String> directory,
      Set<String> sent,
      Set<String> replaced) {
    this.config = config;
    this.mappings = mappings;
    this.paths = paths;
    this.directory = directory;
    this.sent = sent;
    this.replaced = replaced;
  }

  /**
   * @throws PackageException naming the setting that leads out of the mounts, or to nothing
   */
  ConfigFile get() throws PackageException {
    Map<?, ?> values = (Map<?, ?>) confine("", config.values(), 0);
    new ConfigRules(config.name(), confined::contains).check(values);
    return new ConfigFile(config.name(), values);
  }

  private Object confine(String key, Object value, int depth) throws PackageException {
    if (depth > ConfigRules.DEEPEST) {
      throw new PackageException(
          "The configuration " + Shown.quoted(config.name()) + " is nested too deeply.");
    }
    if (value instanceof Map<?, ?> section) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : section.entrySet()) {
        String part = String.valueOf(entry.getKey());
        String inner = key.isEmpty() ? part : key + "." + part;
        copy.put(entry.getKey(), confine(inner, entry.getValue(), depth + 1));
      }
      return copy;
    }
    if (value instanceof List<?> items) {
      List<Object> copy = new ArrayList<>();
      for (Object item : items) {
        copy.add(confine(key, item, depth + 1));
      }
      return copy;
    }
    boolean read = !ConfigRules.isUnread(key) && !replaced.contains(key);
    return value instanceof String text && read ? confine(key, text) : value;
  }

  private String confine(String key, String text) throws PackageException {
    if (text.contains("${") || HydraValue.isNull(text)) {
      return text; // the rules say something about the one
    }
    String path = mappings.apply(text);
    boolean names = ConfigRules.LABELS.contains(key) || ConfigRules.FILES.contains(key);
    if (names && sent.contains(lastName(path))) {
      return lastName(path);
    }
    if (WorkerPaths.isOne(path)) {
      return keep(paths.existing(where(key), path).toString());
    }
    if (!names) {
      return path;
    }
    if (directory.isPresent() && !PackagePaths.leaves(path)) {
      return keep(paths.existing(where(key), directory.get() + "/" + path).toString());
    }
    throw new PackageException(
        "%s of the configuration %s is %s, which was not sent and is no path of this worker."
            .formatted(Shown.quoted(key), Shown.quoted(config.name()), Shown.quoted(path)));
  }

  private String keep(String path) {
    confined.add(path);
    return path;
  }

  private String where(String key) {
    return Shown.plain(key + " of " + config.name());
  }

  private static String lastName(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }
}
