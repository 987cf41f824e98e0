package org.peerworks.job.engine.internal;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts what callers hold of something that is limited for each and over all. A caller costs
 * nothing to make up, so one that fills its share again and again under new names could keep all
 * others out: the last quarter is therefore kept for callers that hold little. Guarded by its
 * owner.
 */
final class Shares {

  /** Whether a caller may have one more. */
  enum Verdict {
    TAKEN,
    /** The caller holds as much as one may. */
    TOO_MANY,
    /** Others hold the rest. */
    FULL
  }

  private final int most;
  private final int mostEach;
  private final int assuredEach;
  private final Map<String, Integer> held = new HashMap<>();
  private int all;

  /**
   * @param most of all callers
   * @param mostEach of one caller
   * @param assuredEach so many of each caller may be in the last quarter of all
   */
  Shares(int most, int mostEach, int assuredEach) {
    this.most = most;
    this.mostEach = mostEach;
    this.assuredEach = assuredEach;
  }

  Verdict take(String caller) {
    int mine = held.getOrDefault(caller, 0);
    if (mine >= mostEach) {
      return Verdict.TOO_MANY;
    }
    if (all >= (mine < assuredEach ? most : most - most / 4)) {
      return Verdict.FULL;
    }
    add(caller);
    return Verdict.TAKEN;
  }

  /** Counts one that is there already, whatever the limits are. */
  void add(String caller) {
    held.merge(caller, 1, Integer::sum);
    all++;
  }

  void giveBack(String caller) {
    held.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
    all--;
  }

  int all() {
    return all;
  }
}
