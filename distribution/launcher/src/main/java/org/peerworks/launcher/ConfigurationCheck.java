package org.peerworks.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.peerworks.doctor.Check;
import org.peerworks.doctor.Finding;

/** Looks at all configuration files as a start does, and starts nothing. */
final class ConfigurationCheck implements Check {

  private final Installation installation;
  private final Path data;

  /**
   * @param data directory, with the administrator's files
   */
  ConfigurationCheck(Installation installation, Path data) {
    this.installation = installation;
    this.data = data;
  }

  @Override
  public String name() {
    return "Configuration";
  }

  @Override
  public Duration deadline() {
    return Duration.ofSeconds(20);
  }

  @Override
  public List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    try {
      Settings settings = Settings.in(installation.bundles());
      for (Path directory : List.of(installation.config(), data.resolve("config"))) {
        examine(settings, directory, findings);
      }
    } catch (LaunchException e) {
      findings.add(Finding.error(e.getMessage(), "Correct it; nothing starts before."));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok("All values in '" + data.resolve("config") + "' can be used"));
    }
    return findings;
  }

  private static void examine(Settings settings, Path directory, List<Finding> findings)
      throws LaunchException {
    ConfigCheck.Problems problems =
        ConfigCheck.problems(settings, directory, ConfigFiles.read(directory));
    problems
        .wrong()
        .forEach(
            line -> findings.add(Finding.error(line, "Correct this line, or comment it out.")));
    problems
        .unknown()
        .forEach(line -> findings.add(Finding.warning(line, "Correct the key, or remove it.")));
  }
}
