package org.peerworks.health.shell;

import org.peerworks.health.api.Readiness;

/** A level of readiness as the shell shows it. */
public record ReadyRow(String level, String reached, String since, String waitsFor) {

  static ReadyRow of(Readiness level) {
    return new ReadyRow(
        level.name(), level.reached() ? "yes" : "no", level.since().toString(), level.waitsFor());
  }
}
