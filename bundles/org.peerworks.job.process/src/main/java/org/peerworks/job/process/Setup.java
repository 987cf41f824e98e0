package org.peerworks.job.process;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the configuration says of programs that start from now on.
 *
 * @param allowed which
 * @param clean with which variables
 * @param limits within which bounds
 */
record Setup(AllowedPrograms allowed, CleanEnvironment clean, ResourceLimits limits) {

  /**
   * @param worker the worker's variables
   * @param home of programs
   * @throws IllegalArgumentException naming the entry that is wrong
   */
  static Setup of(LocalProgramExecutor.Config config, Map<String, String> worker, Path home) {
    return new Setup(
        new AllowedPrograms(config.programs(), worker.getOrDefault("PATH", "")),
        new CleanEnvironment(config.environment(), worker, home),
        new ResourceLimits(config.nice(), config.limits()));
  }
}
