package org.peerworks.lib.account;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where sleap-rtc's files are, for one user in one directory.
 *
 * @param directory where the program was called; a {@code sleap-rtc.toml} there goes before the
 *     user's own
 * @param home the user's
 * @param environment variables of the process
 */
public record Places(Path directory, Path home, Map<String, String> environment) {

  public Places {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(home, "home");
    environment = Map.copyOf(environment);
  }

  /**
   * Those of this process; the home is {@code HOME} where that is an absolute path, as it is for
   * Python.
   */
  public static Places ofProcess() {
    return of(Path.of("").toAbsolutePath(), System.getenv());
  }

  /** Those of this process's user, called in another directory or with other variables. */
  public static Places of(Path directory, Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return new Places(
        directory,
        Path.of(home.startsWith("/") ? home : System.getProperty("user.home")),
        environment);
  }

  /** A variable of the environment, if it is there and not blank. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** {@code ~/.sleap-rtc}; not necessarily there. */
  public Path folder() {
    return home.resolve(".sleap-rtc");
  }

  /** {@code ./sleap-rtc.toml}. */
  public Path localConfig() {
    return directory.resolve("sleap-rtc.toml");
  }

  /** {@code ~/.sleap-rtc/config.toml}. */
  public Path homeConfig() {
    return folder().resolve("config.toml");
  }

  /**
   * The configuration that counts: the local one if it is there, else the user's. They are never
   * merged.
   */
  public Path config() {
    return Files.exists(localConfig()) ? localConfig() : homeConfig();
  }

  /** {@code ~/.sleap-rtc/credentials.json}. */
  public Path credentials() {
    return folder().resolve("credentials.json");
  }

  /**
   * Files with secrets, one for each room: {@code SLEAP_SECRET_PATH}, else {@code
   * ~/.sleap-rtc/room-secrets}.
   */
  public Path roomSecrets() {
    return variable("SLEAP_SECRET_PATH")
        .map(path -> directory.resolve(expanded(path)))
        .orElse(folder().resolve("room-secrets"));
  }

  /** A path as people write it: {@code ~/} is the home. */
  Path expanded(String path) {
    if (path.equals("~")) {
      return home;
    }
    return path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path);
  }

  /** Without the variables, which may be secrets. */
  @Override
  public String toString() {
    return "Places[directory=" + directory + ", home=" + home + "]";
  }
}
