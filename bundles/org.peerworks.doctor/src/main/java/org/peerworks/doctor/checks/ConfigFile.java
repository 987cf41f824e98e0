package org.peerworks.doctor.checks;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** One configuration: the administrator's file over the installation's. */
final class ConfigFile {

  private final Path file;
  private final Properties properties = new Properties();

  private ConfigFile(Path file) {
    this.file = file;
  }

  /**
   * @throws IOException if a file is there and cannot be read
   */
  static ConfigFile read(Path home, Path data, String pid) throws IOException {
    ConfigFile config = new ConfigFile(data.resolve("config").resolve(pid + ".cfg"));
    for (Path from : new Path[] {home.resolve("config").resolve(pid + ".cfg"), config.file}) {
      if (Files.exists(from)) {
        try (Reader reader = Files.newBufferedReader(from)) {
          config.properties.load(reader);
        } catch (IllegalArgumentException e) {
          throw new IOException("'" + from + "' is no properties file: " + e.getMessage(), e);
        }
      }
    }
    return config;
  }

  /** Where the administrator sets it. */
  Path file() {
    return file;
  }

  Optional<String> text(String key) {
    return Optional.ofNullable(properties.getProperty(key)).map(String::strip);
  }

  /** A whole number; the default if it is none, which the worker complains about itself. */
  long number(String key, long otherwise) {
    return text(key)
        .filter(text -> text.matches("-?[0-9]{1,18}"))
        .map(Long::valueOf)
        .orElse(otherwise);
  }
}
