package org.peerworks.doctor.checks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.peerworks.doctor.Check;
import org.peerworks.doctor.Finding;

/** The GPUs that jobs would get. */
final class GpuCheck implements Check {

  private final String program;

  /**
   * @param program normally {@code nvidia-smi}
   */
  GpuCheck(String program) {
    this.program = program;
  }

  @Override
  public String name() {
    return "GPU";
  }

  @Override
  public Duration deadline() {
    return Duration.ofSeconds(30);
  }

  @Override
  public List<Finding> run() throws InterruptedException {
    Program.Outcome outcome;
    try {
      outcome =
          Program.run(
              List.of(
                  program,
                  "--query-gpu=name,memory.total,driver_version",
                  "--format=csv,noheader"));
    } catch (IOException e) {
      return List.of(
          Finding.note(
              "None ('" + program + "' is not installed); jobs run on the CPU",
              "If there is a GPU, install its driver."));
    }
    if (outcome.status() != 0) {
      return List.of(
          Finding.warning(
              "'" + program + "' fails: " + outcome.firstLine(),
              "Jobs run on the CPU. Mend or reinstall the GPU's driver, then restart the machine."));
    }
    String names = outcome.output().strip().lines().collect(Collectors.joining("; "));
    return List.of(
        names.isEmpty() ? Finding.note("None; jobs run on the CPU", "") : Finding.ok(names));
  }
}
