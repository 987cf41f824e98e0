package org.peerworks.job.process;

import java.util.Optional;

/**
 * One process, from its {@code stat} file ({@code proc(5)}).
 *
 * @param state one letter
 * @param group process group
 * @param session session
 * @param startTicks start, in clock ticks since boot
 */
record ProcessStat(char state, long group, long session, long startTicks) {

  /** Parses from the last parenthesis on: the name before it may hold anything. */
  static Optional<ProcessStat> parse(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    if (fields.length < 20) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessStat(
            fields[0].charAt(0),
            Long.parseLong(fields[2]),
            Long.parseLong(fields[3]),
            Long.parseLong(fields[19])));
  }

  boolean runs() {
    return state != 'Z' && state != 'X';
  }
}
