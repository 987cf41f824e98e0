package org.peerworks.job.api;

import java.util.Objects;

/**
 * Who asks: a proven identity.
 *
 * @param id stable identifier of the identity, for a remote peer {@code ed25519:<hex of SHA-256 of
 *     its public key>}; never taken from what a peer merely says
 * @param name for people, for example {@code anna@laptop}; unproven, at most 64 characters
 * @param operator whether this caller may see and steer the jobs of others
 */
public record Caller(String id, String name, boolean operator) {

  public Caller {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
  }

  /** The person at the worker's own console. */
  public static Caller console() {
    return new Caller("console", "console", true);
  }
}
