package org.peerworks.cli.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The text of the units, and of the file with their environment. */
final class UnitFiles {

  /** Whose service one of the system is. */
  static final String USER = "peerworks";

  private static final Path STATE = Path.of("/var/lib");

  private UnitFiles() {}

  /** The worker itself. */
  static String worker(Place place) {
    String text = filled(place.user() ? "user.service" : "system.service", place);
    if (place.user() || place.data().getParent().equals(STATE)) {
      return text.replace("@STATE@", place.data().getFileName().toString());
    }
    // What is elsewhere must be there, and be the user's.
    return text.replace("StateDirectoryMode=0700\n", "")
        .replace("StateDirectory=@STATE@", "ReadWritePaths=" + place.data());
  }

  /** What ends an upgrade that was cut off. */
  static String upgrade(Place place) {
    return filled("upgrade.service", place)
        .replace("@SCOPE@", place.user() ? " --user" : "")
        .replace("@TARGET@", place.user() ? "default.target" : "multi-user.target");
  }

  /**
   * The environment of a new service.
   *
   * @param options of {@code peerworks worker}
   * @param java {@code JAVA_HOME}, where the installation has no Java of its own
   */
  static String environment(List<String> options, Optional<String> java) {
    return resource("worker.env")
        .replace("@OPTIONS@", String.join(" ", options))
        .replace(
            "@JAVA@",
            java.map(home -> "JAVA_HOME=" + home).orElse("#JAVA_HOME=/usr/lib/jvm/default-java"));
  }

  private static String filled(String name, Place place) {
    String text = resource(name);
    for (Map.Entry<String, String> value :
        Map.of(
                "@PREFIX@", place.prefix().toString(),
                "@DATA@", place.data().toString(),
                "@CONFIGURATION@", place.configuration().toString(),
                "@UNITS@", place.units().toString(),
                "@USER@", USER)
            .entrySet()) {
      text = text.replace(value.getKey(), value.getValue());
    }
    return text;
  }

  private static String resource(String name) {
    try (InputStream in = UnitFiles.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The program's jar is damaged.", e);
    }
  }
}
