package org.peerworks.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How much of the log is kept. It is read before anything else is started, by the launcher itself;
 * a wrong value counts as the default here, and is refused with all others a moment later.
 *
 * @param megabytes of a file, after which the next one begins
 * @param files full ones that are kept
 */
record LogLimits(int megabytes, int files) {

  /** Of its configuration. */
  static final String PID = "org.peerworks.launcher";

  static final LogLimits DEFAULT = new LogLimits(10, 5);

  private static final Setting MEGABYTES =
      new Setting("logMegabytes", "Integer", false, "1", "1024", "" + DEFAULT.megabytes);

  /** No more than the library rolls. */
  private static final Setting FILES =
      new Setting("logFiles", "Integer", false, "1", "20", "" + DEFAULT.files);

  /** Its keys, as the metatype of a bundle would have them. */
  static Map<String, Setting> settings() {
    return Map.of(MEGABYTES.key(), MEGABYTES, FILES.key(), FILES);
  }

  /**
   * @param directories of configuration files; the last one that names a value counts
   * @throws LaunchException if a file cannot be read
   */
  static LogLimits read(List<Path> directories) throws LaunchException {
    LogLimits limits = DEFAULT;
    for (Path directory : directories) {
      Map<String, Object> values = ConfigFiles.read(directory, PID);
      limits =
          new LogLimits(
              value(values, MEGABYTES, limits.megabytes), value(values, FILES, limits.files));
    }
    return limits;
  }

  private static int value(Map<String, Object> values, Setting setting, int otherwise) {
    Object value = values.get(setting.key());
    return value == null || setting.wanted(value.toString()).isPresent()
        ? otherwise
        : Integer.parseInt(value.toString());
  }
}
