package org.peerworks.job.api;

import java.util.Objects;

/**
 * How far a running job is.
 *
 * @param done units done so far, 0 or more
 * @param total units in all; 0 if unknown
 * @param unit what is counted, for example {@code epoch}, {@code frame}
 * @param message one line for people, may be empty; at most 500 characters
 */
public record Progress(long done, long total, String unit, String message) {

  public Progress {
    if (done < 0 || total < 0) {
      throw new IllegalArgumentException(
          "Progress counts from 0, but was " + done + " of " + total + ".");
    }
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(message, "message");
  }
}
