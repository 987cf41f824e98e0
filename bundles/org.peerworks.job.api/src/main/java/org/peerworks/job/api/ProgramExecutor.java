package org.peerworks.job.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Runs the programs of steps. They outlive the worker's JVM. */
@ProviderType
public interface ProgramExecutor {

  /**
   * Starts a program, detached, in a session and process group of its own.
   *
   * @param stepDirectory an empty directory for the executor's own files (pid and exit status), by
   *     which the program is found again
   * @param log file that the program's output is appended to
   * @param environment added to that of the program, for example the GPU that it may use
   * @throws IOException no such program on this worker, or it cannot be started; says what to do
   */
  RunningProgram start(
      Program program, Path stepDirectory, Path log, Map<String, String> environment)
      throws IOException;

  /**
   * Finds a program again by the files of its step directory.
   *
   * @return empty if none was ever started there
   */
  Optional<RunningProgram> find(Path stepDirectory) throws IOException;

  /**
   * What would run under a name, for people: {@code /usr/bin/sleap-nn (PATH)}.
   *
   * @return empty if this worker has no such program
   */
  Optional<String> describe(String programName);
}
