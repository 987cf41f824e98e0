package org.peerworks.audit;

import org.peerworks.audit.api.AuditEntry;

/** All of an entry as the shell shows it. */
public record AuditDetails(
    long number,
    String at,
    String who,
    String from,
    String what,
    String result,
    String detail,
    long begun,
    String hash) {

  static AuditDetails of(AuditEntry entry) {
    var event = entry.event();
    return new AuditDetails(
        entry.number(),
        entry.at().toString(),
        event.who(),
        event.from(),
        event.what(),
        event.result().name(),
        event.detail(),
        event.begun(),
        entry.hash());
  }
}
