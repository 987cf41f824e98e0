package org.peerworks.transport.direct;

import java.time.Duration;
import java.util.List;

/**
 * What a transfer took.
 *
 * @param seconds from its begin to its end
 * @param cpuSeconds of all processors, in both processes; not a number if it was not measured. It
 *     tells more than the time does where other programs run beside
 */
record Spent(double seconds, double cpuSeconds) {

  /** Measures from now on. */
  static final class Meter {

    private final List<ProcessHandle> processes;
    private final double cpuBefore;
    private final long start;

    Meter(ProcessHandle... processes) {
      this.processes = List.of(processes);
      this.cpuBefore = cpu();
      this.start = System.nanoTime();
    }

    Spent read() {
      return new Spent((System.nanoTime() - start) / 1e9, cpu() - cpuBefore);
    }

    private double cpu() {
      return processes.stream()
          .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
          .mapToDouble(time -> time.toNanos() / 1e9)
          .sum();
    }
  }
}
