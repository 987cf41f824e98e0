package org.peerworks.cli.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.Invocation.Target;
import org.peerworks.cli.train.LocalFiles;
import org.peerworks.lib.account.PathMapping;
import org.peerworks.lib.account.PathMappings;

/**
 * Paths as a person types them for a job at a worker: an absolute one is the worker's, after the
 * user's mappings; any other is a file here, which goes along.
 */
public final class WorkerPaths {

  private final Path workingDirectory;
  private final PathMappings mappings;
  private final InputNames names = new InputNames();
  private final Map<String, Path> inputs = new LinkedHashMap<>();

  private WorkerPaths(Path workingDirectory, PathMappings mappings) {
    this.workingDirectory = workingDirectory;
    this.mappings = mappings;
  }

  /**
   * @throws CommandFailure if the user's mappings cannot be read
   */
  public static WorkerPaths of(Target target) {
    try {
      return new WorkerPaths(
          target.workingDirectory(), PathMappings.read(target.access().places()));
    } catch (IOException e) {
      throw CommandFailure.usage(e.getMessage(), e);
    }
  }

  /**
   * A path of the worker, or the name under which a file here goes along.
   *
   * @param what is wanted, for people
   * @param endings that a file may have
   * @throws CommandFailure if a file that is meant to be here is not
   */
  public String resolve(String typed, String what, String... endings) {
    String lower = typed.toLowerCase(java.util.Locale.ROOT);
    if (java.util.Arrays.stream(endings).noneMatch(lower::endsWith)) {
      throw CommandFailure.usage(
          "'"
              + typed
              + "' does not end in "
              + String.join(" or ", endings)
              + ". "
              + what
              + " is wanted.");
    }
    if (isAbsolute(typed)) {
      return there(typed);
    }
    Path file;
    try {
      file = workingDirectory.resolve(typed).normalize();
    } catch (InvalidPathException e) {
      throw CommandFailure.usage("'" + typed + "' is no path.", e);
    }
    if (!Files.exists(file)) {
      throw CommandFailure.usage(
          "There is no file '"
              + file
              + "'. "
              + what
              + " is wanted; a path of the worker begins with '/'.");
    }
    LocalFiles.requireFile(file, what);
    String name = names.take(file);
    inputs.put(name, file);
    return name;
  }

  /**
   * A path of the worker.
   *
   * @throws CommandFailure if it is not absolute
   */
  public String there(String typed) {
    if (!isAbsolute(typed)) {
      throw CommandFailure.usage(
          "'" + typed + "' must be a path of the worker, which begins with '/'.");
    }
    return mappings.toWorker(typed).orElse(typed);
  }

  /** Whether a path as typed is one of the worker. */
  public static boolean isAbsolute(String typed) {
    return typed.startsWith("/") || typed.matches("[A-Za-z]:[\\\\/].*");
  }

  /** Files that go along, by name. */
  public Map<String, Path> inputs() {
    return Map.copyOf(inputs);
  }

  public long bytes() throws IOException {
    long bytes = 0;
    for (Path file : inputs.values()) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  /** The user's mappings, for paths inside of files. */
  public Map<String, String> mappings() {
    Map<String, String> all = new LinkedHashMap<>();
    for (PathMapping mapping : mappings.mappings()) {
      all.put(mapping.local(), mapping.worker());
    }
    return all;
  }
}
