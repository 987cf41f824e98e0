package org.peerworks.doctor.checks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.peerworks.doctor.Check;
import org.peerworks.doctor.Finding;

/** The GPUs that jobs would get, and whether the trainer that they run could use one. */
final class GpuCheck implements Check {

  private final String program;
  private final Path home;
  private final Path data;
  private final String path;

  GpuCheck(Path home, Path data) {
    this("nvidia-smi", home, data, System.getenv().getOrDefault("PATH", ""));
  }

  /**
   * @param program normally {@code nvidia-smi}
   * @param path directories of programs, with colons between them
   */
  GpuCheck(String program, Path home, Path data, String path) {
    this.program = program;
    this.home = home;
    this.data = data;
    this.path = path;
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
  public List<Finding> run() throws IOException, InterruptedException {
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
    if (names.isEmpty()) {
      return List.of(Finding.note("None; jobs run on the CPU", ""));
    }
    List<Finding> findings = new ArrayList<>(List.of(Finding.ok(names)));
    trainer(TrainerChoice.of(home, data, path)).ifPresent(findings::add);
    return findings;
  }

  /** The built-in trainer's own libraries are for the CPU; of others nothing is known here. */
  private static Optional<Finding> trainer(TrainerChoice choice) {
    if (choice.source() != TrainerChoice.Source.BUILT_IN) {
      return Optional.empty();
    }
    if (choice.otherTorch()) {
      return Optional.of(
          Finding.note(
              "Whether the built-in trainer uses it depends on the PyTorch in PYTORCH_LIBRARY_PATH ('"
                  + choice.config()
                  + "')",
              "The log of a training says 'on GPU' or 'on CPU'."));
    }
    return Optional.of(
        Finding.warning(
            "Nothing uses it: jobs run the built-in trainer, which computes on the CPU",
            "Install "
                + TrainerChoice.PROGRAM
                + " so that it is on the worker's PATH, or name it as 'programs' in '"
                + choice.config()
                + "'."));
  }
}
