package org.peerworks.deploy.state;

import java.util.List;

/**
 * One line of the journal.
 *
 * @param number of the transaction
 * @param time ISO 8601, UTC
 * @param event what became of it
 * @param what was asked for
 * @param by who asked
 * @param reason why it ended so; empty if there is nothing to say
 * @param plan what it changes, a line each
 */
public record JournalEntry(
    int number,
    String time,
    Event event,
    String what,
    String by,
    String reason,
    List<String> plan) {

  /** What can become of a transaction. */
  public enum Event {
    BEGUN,
    COMMITTED,
    ROLLED_BACK,
    REFUSED,
    PENDING,
    DROPPED
  }

  public JournalEntry {
    plan = plan == null ? List.of() : List.copyOf(plan);
  }

  /** The same transaction, one step on. */
  public JournalEntry then(Event next, String time, String why) {
    return new JournalEntry(number, time, next, what, by, why, plan);
  }
}
