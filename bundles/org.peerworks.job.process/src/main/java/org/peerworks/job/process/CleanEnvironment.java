package org.peerworks.job.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables of a program: a few, and none of the worker's secrets. */
final class CleanEnvironment {

  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

  private final Map<String, String> base = new LinkedHashMap<>();

  /**
   * @param configured {@code NAME=value}, or {@code NAME} to hand on the worker's own value
   * @param worker the worker's variables
   * @param home directory for what programs keep from one time to the next
   * @throws IllegalArgumentException naming the entry that is wrong
   */
  CleanEnvironment(String[] configured, Map<String, String> worker, Path home) {
    base.put("PATH", worker.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin"));
    base.put("HOME", home.toString());
    Path own = Path.of(worker.getOrDefault("HOME", System.getProperty("user.home")), ".local");
    if (Files.isDirectory(own)) {
      base.put("PYTHONUSERBASE", own.toString()); // what 'pip install --user' has installed
    }
    base.put("LANG", worker.getOrDefault("LANG", "C.UTF-8"));
    base.put("PYTHONUNBUFFERED", "1");
    for (String entry : configured) {
      String[] parts = entry.strip().split("=", 2);
      if (entry.isBlank()) {
        continue;
      }
      if (!parts[0].matches(NAME)) {
        throw new IllegalArgumentException(
            "'environment' in "
                + AllowedPrograms.FILE
                + " has the entry '"
                + parts[0]
                + "'; write 'NAME=value', or 'NAME' to hand on the worker's own.");
      }
      if (parts.length == 2) {
        base.put(parts[0], parts[1]);
      } else if (worker.containsKey(parts[0])) {
        base.put(parts[0], worker.get(parts[0]));
      }
    }
  }

  /** Adds what the job says, then what the executor says. */
  @SafeVarargs
  final Map<String, String> with(Map<String, String>... more) {
    Map<String, String> all = new LinkedHashMap<>(base);
    for (Map<String, String> variables : more) {
      variables.forEach(
          (name, value) -> {
            if (!name.matches(NAME)) {
              throw new IllegalArgumentException(
                  "'" + name + "' is no name of an environment variable.");
            }
            all.put(name, value);
          });
    }
    return all;
  }
}
