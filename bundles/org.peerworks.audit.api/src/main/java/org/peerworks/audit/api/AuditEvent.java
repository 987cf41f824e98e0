package org.peerworks.audit.api;

import java.util.Objects;

/**
 * Something that shall be recorded. Texts that are too long are cut; control characters are kept
 * out of the file by its format.
 *
 * @param who a user's name; {@code worker} for an automatic part of it; at most 256 characters
 * @param from where the user is: {@code terminal}, an address, {@code deploy/}; at most 256
 *     characters
 * @param what the change, best as the command that makes it, without secrets; at most 4,096
 *     characters
 * @param result what became of it
 * @param detail more in words, such as the error; may be empty; at most 1,024 characters
 * @param begun number of the entry that this one ends; 0 for none
 */
public record AuditEvent(
    String who, String from, String what, AuditResult result, String detail, long begun) {

  public AuditEvent {
    Objects.requireNonNull(who, "who");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(detail, "detail");
    if (begun < 0) {
      throw new IllegalArgumentException("The number of an entry is 1 or more, not " + begun + ".");
    }
  }

  /** An event that ends none that has begun. */
  public static AuditEvent of(
      String who, String from, String what, AuditResult result, String detail) {
    return new AuditEvent(who, from, what, result, detail, 0);
  }

  /** How the change of this event ended. */
  public AuditEvent ended(AuditEntry begun, AuditResult how, String why) {
    return new AuditEvent(who, from, what, how, why, begun.number());
  }
}
