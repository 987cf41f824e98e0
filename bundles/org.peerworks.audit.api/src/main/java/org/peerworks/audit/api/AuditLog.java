package org.peerworks.audit.api;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The record of all changes that people and automatic parts make to this worker. What is in it
 * stays: entries are added, never changed.
 *
 * <p>Thread-safe. A call that adds an entry takes as long as the disk needs to store it, some
 * milliseconds.
 */
@ProviderType
public interface AuditLog {

  /** Most entries of one page. */
  int MOST = 1000;

  /**
   * Adds an entry. It is on stable storage when this returns.
   *
   * <p>Who is about to change something records {@link AuditResult#BEGUN} first, and leaves it when
   * this fails: no change without a record. When it has ended, a second entry says how, with the
   * number of the first as {@link AuditEvent#begun()}. What is over at once, or refused, is one
   * entry.
   *
   * @return the entry, with its number
   * @throws IOException if it cannot be stored; nothing is added then
   */
  AuditEntry record(AuditEvent event) throws IOException;

  /**
   * Lists entries, newest first.
   *
   * @param before only entries with smaller numbers; {@link Long#MAX_VALUE} for the newest
   * @param most entries of the page, 1 to {@value #MOST}
   * @throws IOException if the log cannot be read
   */
  AuditPage list(long before, int most) throws IOException;

  /**
   * Reads the whole log and checks that nobody has changed, added or removed an entry behind the
   * log's back. Problems are recorded as an entry, too.
   *
   * @throws IOException if the log cannot be read
   */
  AuditCheck verify() throws IOException;
}
