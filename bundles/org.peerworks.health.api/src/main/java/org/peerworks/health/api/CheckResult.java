package org.peerworks.health.api;

import java.util.List;

/**
 * All that one check found.
 *
 * @param name of the check
 * @param tags by which it can be chosen
 * @param findings one or more
 */
public record CheckResult(String name, List<String> tags, List<Finding> findings) {

  public CheckResult {
    tags = List.copyOf(tags);
    findings = List.copyOf(findings);
  }

  /** The worst of the findings. */
  public Level level() {
    return findings.stream().map(Finding::level).max(Level::compareTo).orElse(Level.OK);
  }
}
