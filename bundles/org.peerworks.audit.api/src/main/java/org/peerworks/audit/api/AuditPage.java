package org.peerworks.audit.api;

import java.util.List;
import java.util.OptionalLong;

/**
 * A page of the log.
 *
 * @param entries newest first
 * @param next what to give as {@code before} for the next page; empty if this is the last
 */
public record AuditPage(List<AuditEntry> entries, OptionalLong next) {

  public AuditPage {
    entries = List.copyOf(entries);
  }
}
