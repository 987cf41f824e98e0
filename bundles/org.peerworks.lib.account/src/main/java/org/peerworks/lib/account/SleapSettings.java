package org.peerworks.lib.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What sleap-rtc's configuration file says: {@code ./sleap-rtc.toml} if it is there, else {@code
 * ~/.sleap-rtc/config.toml}; they are never merged (sleap-rtc configuration file).
 *
 * @param file what was read; need not exist
 * @param environment the part of {@code [environments]} that counts: {@code SLEAP_RTC_ENV}, else
 *     {@code production}
 * @param webSocket where the signalling server takes messages
 * @param http where it takes calls
 * @param workingDirectory of a worker
 * @param mounts of a worker, those that exist
 * @param warnings what was left out, one sentence each
 */
public record SleapSettings(
    Path file,
    String environment,
    Optional<Setting> webSocket,
    Optional<Setting> http,
    Optional<Path> workingDirectory,
    List<MountSetting> mounts,
    List<String> warnings) {

  private static final Set<String> ENVIRONMENTS = Set.of("development", "staging", "production");
  private static final String MOUNTS = "worker.io.mounts";

  public SleapSettings {
    mounts = List.copyOf(mounts);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads the file that counts; without one nothing is set.
   *
   * @throws BadFileException if it is damaged, a value has the wrong type, or {@code SLEAP_RTC_ENV}
   *     names no environment
   */
  public static SleapSettings read(Places places) throws IOException {
    TomlFile file = TomlFile.read(places.config());
    String environment = environment(places);
    String table = "environments." + environment;
    List<String> warnings = new ArrayList<>();
    return new SleapSettings(
        file.path(),
        environment,
        file.setting(table, "signaling_websocket"),
        file.setting(table, "signaling_http"),
        file.setting("worker.io", "working_dir").map(setting -> places.expanded(setting.value())),
        mounts(file, places, warnings),
        warnings);
  }

  /**
   * The part of {@code [environments]} that counts.
   *
   * @throws BadFileException if {@code SLEAP_RTC_ENV} names another one
   */
  public static String environment(Places places) throws BadFileException {
    String name = places.variable("SLEAP_RTC_ENV").orElse("production").strip();
    if (!ENVIRONMENTS.contains(name)) {
      throw new BadFileException(
          "Invalid value of SLEAP_RTC_ENV: '"
              + name
              + "'. Give development, staging or production.");
    }
    return name;
  }

  private static List<MountSetting> mounts(TomlFile file, Places places, List<String> warnings)
      throws BadFileException {
    List<MountSetting> mounts = new ArrayList<>();
    List<JsonNode> entries = file.tables(MOUNTS);
    for (int i = 0; i < entries.size(); i++) {
      mount(entries.get(i), file.where(MOUNTS, i, ""), places, warnings).ifPresent(mounts::add);
    }
    return mounts;
  }

  /** As sleap-rtc does, a mount that cannot be used is left out, and said so. */
  private static Optional<MountSetting> mount(
      JsonNode entry, String where, Places places, List<String> warnings) {
    String path = entry.path("path").asText("");
    String label = entry.path("label").asText("");
    if (path.isBlank() || label.isBlank()) {
      warnings.add(
          where + ": a mount needs 'path' and 'label', so it is left out. Add what is missing.");
      return Optional.empty();
    }
    try {
      Path directory = places.expanded(path);
      if (directory.isAbsolute() && Files.isDirectory(directory)) {
        return Optional.of(new MountSetting(label, directory.normalize()));
      }
      warnings.add(
          where
              + ": '"
              + path
              + "' is no directory with an absolute path, so it is left out. Create or mount it.");
    } catch (InvalidPathException e) {
      warnings.add(where + ": '" + path + "' is no path, so it is left out. Correct it.");
    }
    return Optional.empty();
  }
}
