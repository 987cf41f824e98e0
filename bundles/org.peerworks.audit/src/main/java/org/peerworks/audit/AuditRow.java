package org.peerworks.audit;

import java.time.temporal.ChronoUnit;
import org.peerworks.audit.api.AuditEntry;

/** An entry as the shell shows it. */
public record AuditRow(
    long number, String at, String who, String from, String result, String what, String detail) {

  static AuditRow of(AuditEntry entry) {
    var event = entry.event();
    String ends = event.begun() == 0 ? "" : "ends " + event.begun();
    String detail = event.detail();
    return new AuditRow(
        entry.number(),
        entry.at().truncatedTo(ChronoUnit.MILLIS).toString(),
        event.who(),
        event.from(),
        event.result().name(),
        event.what(),
        ends.isEmpty() || detail.isEmpty() ? ends + detail : ends + ": " + detail);
  }
}
