package org.peerworks.job.process;

import java.util.Optional;

/**
 * The process that leads a program's group, told from any other that may get its number later.
 *
 * @param pid process id, also that of its group and session
 * @param startTicks when it started, in clock ticks since boot (field 22 of {@code proc(5)} stat)
 * @param boot id of the boot it runs in
 */
record Leader(long pid, long startTicks, String boot) {

  /** Reads what the supervisor wrote: the three parts, one space between. */
  static Optional<Leader> parse(String text) {
    String[] parts = text.strip().split(" ");
    if (parts.length != 3 || !isNumber(parts[0]) || !isNumber(parts[1])) {
      return Optional.empty();
    }
    return Optional.of(new Leader(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]));
  }

  private static boolean isNumber(String text) {
    return text.matches("[1-9][0-9]{0,17}");
  }
}
