package org.peerworks.audit.api;

import java.util.List;

/**
 * What a check of the log has found.
 *
 * @param entries number of entries that were read
 * @param first number of the first entry that is kept
 * @param last number of the newest entry; 0 if there is none
 * @param hash of the newest entry; 64 zeros if there is none
 * @param problems sentences, each with file and entry; empty if the log is whole
 */
public record AuditCheck(long entries, long first, long last, String hash, List<String> problems) {

  public AuditCheck {
    problems = List.copyOf(problems);
  }

  /** Whether nothing is wrong. */
  public boolean whole() {
    return problems.isEmpty();
  }
}
