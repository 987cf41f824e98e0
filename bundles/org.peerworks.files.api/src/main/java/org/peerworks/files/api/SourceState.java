package org.peerworks.files.api;

import java.time.Instant;
import java.util.Objects;

/**
 * Whether a worker can be reached.
 *
 * @param since when that began
 * @param trouble why it cannot be reached and what is done about it, for people; empty if it can
 */
public record SourceState(boolean connected, Instant since, String trouble) {

  public SourceState {
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(trouble, "trouble");
  }

  public static SourceState connected(Instant since) {
    return new SourceState(true, since, "");
  }

  public static SourceState lost(Instant since, String trouble) {
    return new SourceState(false, since, trouble);
  }
}
