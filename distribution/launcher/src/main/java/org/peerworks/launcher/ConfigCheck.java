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
    Settings settings = Settings.of(context.getBundles());
    List<String> errors = new ArrayList<>();
    files.forEach(
        (pid, values) -> {
          Map<String, Setting> known = settings.of(pid);
          if (!known.isEmpty()) {
            check(ConfigFiles.file(directory, pid), values, known, errors);
          }
        });
    if (!errors.isEmpty()) {
      throw new LaunchException(
          ExitStatus.CONFIGURATION,
          "The configuration is wrong. Correct these lines, or comment them out:\n"
              + String.join("\n", errors));
    }
  }

  private static void check(
      Path file, Map<String, Object> values, Map<String, Setting> known, List<String> errors) {
    values.forEach(
        (key, value) -> {
          Setting setting = known.get(key);
          if (setting != null) {
            setting
                .wanted(value.toString())
                .ifPresent(wanted -> errors.add(error(file, key, value, wanted)));
          } else if (key.indexOf('.') < 0) {
            // Keys with dots belong to the platform, such as targets of references.
            LOG.warn(
                "Unknown key '{}' in '{}' has no effect. Known: {}", key, file, known.keySet());
          }
        });
  }

  private static String error(Path file, String key, Object value, String wanted) {
    return "  " + file + ": '" + key + "' is '" + value + "'; " + wanted + " was expected";
  }
}
