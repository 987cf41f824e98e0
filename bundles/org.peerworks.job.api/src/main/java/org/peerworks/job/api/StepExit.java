package org.peerworks.job.api;

/**
 * How a program ended.
 *
 * @param status exit status 0 to 255; 128 + signal if a signal ended it
 */
public record StepExit(int status) {

  public boolean succeeded() {
    return status == 0;
  }

  /** For people: {@code exit status 3}, or {@code signal 9}. */
  public String description() {
    return status > 128 && status < 193 ? "signal " + (status - 128) : "exit status " + status;
  }
}
