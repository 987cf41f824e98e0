package org.peerworks.protocol.api;

import java.time.Instant;
import java.util.Objects;

/**
 * How the connection to a worker is.
 *
 * @param phase what it is
 * @param since when it became so
 * @param reason why, in words for people; empty where {@link Phase#CONNECTED}
 */
public record LinkState(Phase phase, Instant since, String reason) {

  /** What a connection can be. */
  public enum Phase {
    /** Calls are answered. */
    CONNECTED,
    /**
     * It was lost and is being rebuilt. Calls that were made, and calls that are made now, wait; so
     * do what is followed and what is read.
     */
    LOST,
    /** It was closed, or could not be rebuilt: there will be no other. Calls fail. */
    CLOSED
  }

  public LinkState {
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(reason, "reason");
  }

  /** Calls are answered as of now. */
  public static LinkState connected() {
    return new LinkState(Phase.CONNECTED, Instant.now(), "");
  }

  /** Lost as of now. */
  public static LinkState lost(String reason) {
    return new LinkState(Phase.LOST, Instant.now(), reason);
  }

  /** Closed as of now. */
  public static LinkState closed(String reason) {
    return new LinkState(Phase.CLOSED, Instant.now(), reason);
  }
}
