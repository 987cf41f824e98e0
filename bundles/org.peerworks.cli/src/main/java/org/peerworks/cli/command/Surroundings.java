package org.peerworks.cli.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.peerworks.lib.account.Places;

/**
 * What a command line meets besides its words.
 *
 * @param program how the program was called
 * @param version of the program
 * @param environment variables
 * @param directory where it was called
 * @param home of the user
 * @param out for help and version
 * @param err for usage errors
 */
record Surroundings(
    String program,
    String version,
    Map<String, String> environment,
    Path directory,
    Path home,
    PrintWriter out,
    PrintWriter err) {

  static Surroundings ofProcess() {
    return new Surroundings(
        System.getProperty("peerworks.program", "peerworks"),
        version(System.getProperty("peerworks.version")),
        System.getenv(),
        Path.of("").toAbsolutePath(),
        Path.of(System.getProperty("user.home")),
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }

  private static String version(String told) {
    if (told != null) {
      return told;
    }
    String implementation = Surroundings.class.getPackage().getImplementationVersion();
    return implementation == null ? "(unknown version)" : implementation;
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** Where sleap-rtc's files are; for Python too {@code HOME} is the home. */
  Places places() {
    return new Places(directory, user(), environment);
  }

  /** The user's home as shells know it. */
  Path user() {
    return variable("HOME").map(Path::of).filter(Path::isAbsolute).orElse(home);
  }

  /** The option's path, else {@code PEERWORKS_DATA}, else the user's XDG data directory. */
  Path dataDirectory(Path option) {
    if (option != null) {
      return directory.resolve(option).normalize();
    }
    return variable("PEERWORKS_DATA")
        .map(path -> directory.resolve(path).normalize())
        .orElseGet(this::xdgDataDirectory);
  }

  private Path xdgDataDirectory() {
    return variable("XDG_DATA_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElse(home.resolve(".local/share"))
        .resolve("peerworks");
  }
}
