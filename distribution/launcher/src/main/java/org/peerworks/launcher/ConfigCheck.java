package org.peerworks.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares configuration files with what the bundles know, before any component reads them. */
final class ConfigCheck {

  private static final Logger LOG = LoggerFactory.getLogger(ConfigCheck.class);

  /**
   * Sentences about files.
   *
   * @param wrong values that no component could use
   * @param unknown keys without effect
   */
  record Problems(List<String> wrong, List<String> unknown) {}

  private ConfigCheck() {}

  /**
   * Warns about keys that no bundle knows.
   *
   * @param directory of the files
   * @param files what they hold, by PID
   * @throws LaunchException if a value has a wrong type or range; names each file and key
   */
  static void check(BundleContext context, Path directory, Map<String, Map<String, Object>> files)
      throws LaunchException {
    if (files.isEmpty()) {
      return; // as in most installations; reading XML takes its time
    }
    Problems problems = problems(Settings.of(context.getBundles()), directory, files);
    problems.unknown().forEach(LOG::warn);
    if (!problems.wrong().isEmpty()) {
      throw new LaunchException(
          ExitStatus.CONFIGURATION,
          "The configuration is wrong. Correct these lines, or comment them out:\n"
              + String.join("\n", problems.wrong().stream().map(line -> "  " + line).toList()));
    }
  }

  /** Compares files with what the settings say. Files that nobody describes are left alone. */
  static Problems problems(
      Settings settings, Path directory, Map<String, Map<String, Object>> files) {
    Problems problems = new Problems(new ArrayList<>(), new ArrayList<>());
    files.forEach(
        (pid, values) -> {
          Map<String, Setting> known = settings.of(pid);
          if (!known.isEmpty()) {
            check(ConfigFiles.file(directory, pid), values, known, problems);
          }
        });
    return problems;
  }

  private static void check(
      Path file, Map<String, Object> values, Map<String, Setting> known, Problems problems) {
    values.forEach(
        (key, value) -> {
          Setting setting = known.get(key);
          if (setting != null) {
            setting
                .wanted(value.toString())
                .ifPresent(wanted -> problems.wrong().add(error(file, key, value, wanted)));
          } else if (key.indexOf('.') < 0) {
            // Keys with dots belong to the platform, such as targets of references.
            problems
                .unknown()
                .add(
                    "Unknown key '%s' in '%s' has no effect. Known: %s"
                        .formatted(key, file, known.keySet()));
          }
        });
  }

  private static String error(Path file, String key, Object value, String wanted) {
    return file + ": '" + key + "' is '" + value + "'; " + wanted + " was expected";
  }
}
