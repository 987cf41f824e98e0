package org.peerworks.job.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An external program to run. No shell sees any of it.
 *
 * @param name of a program that this worker allows, for example {@code sleap-nn}; not a path
 * @param arguments passed on untouched
 * @param workingDirectory an existing directory inside the job's
 * @param environment added to a small clean environment
 */
public record Program(
    String name, List<String> arguments, Path workingDirectory, Map<String, String> environment) {

  public Program {
    Objects.requireNonNull(name, "name");
    arguments = List.copyOf(arguments);
    Objects.requireNonNull(workingDirectory, "workingDirectory");
    environment = Map.copyOf(environment);
  }
}
