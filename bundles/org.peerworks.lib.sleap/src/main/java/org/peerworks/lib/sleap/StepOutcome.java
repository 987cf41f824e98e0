package org.peerworks.lib.sleap;

import org.peerworks.job.api.StepExit;

/**
 * How a step of the trainer went.
 *
 * @param seconds from its start to its end
 * @param error the trainer's own error line; blank if it printed none
 * @param lastLine its last line that was not blank
 */
public record StepOutcome(StepExit exit, double seconds, String error, String lastLine) {

  public boolean succeeded() {
    return exit.succeeded();
  }

  /**
   * Says why the step failed, in the trainer's own words where it has left any.
   *
   * @param what was tried, for example {@code Training of 'centroid'}
   */
  public String failure(String what) {
    if (!error.isBlank()) {
      String words = error.endsWith(".") ? error.substring(0, error.length() - 1) : error;
      return "%s failed: %s (%s).".formatted(what, words, exit.description());
    }
    String silent = "%s failed without an error message (%s).".formatted(what, exit.description());
    return lastLine.isBlank() ? silent : silent + " Its last line was: " + lastLine;
  }
}
