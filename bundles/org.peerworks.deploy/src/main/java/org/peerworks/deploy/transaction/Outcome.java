package org.peerworks.deploy.transaction;

import java.util.List;

/**
 * What became of what somebody asked for.
 *
 * @param number of the transaction; 0 if nothing was to be changed
 * @param result in a word
 * @param reason why it ended so; empty if there is nothing to say
 * @param plan what changes, a line each
 * @param warnings what an administrator should know
 */
public record Outcome(
    int number, Result result, String reason, List<String> plan, List<String> warnings) {

  /** How it ended. */
  public enum Result {
    INSTALLED,
    PLANNED,
    NEEDS_RESTART,
    REFUSED,
    ROLLED_BACK
  }

  public Outcome {
    plan = List.copyOf(plan);
    warnings = List.copyOf(warnings);
  }

  /** Whether it is as somebody asked for. */
  public boolean isGood() {
    return result != Result.REFUSED && result != Result.ROLLED_BACK;
  }
}
