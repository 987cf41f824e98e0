package org.peerworks.job.api;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** A program that was started, and may have ended since. */
@ProviderType
public interface RunningProgram {

  /** Process id of the leader of its group. */
  long pid();

  /**
   * Completes when the program has ended and all of its output is in the log: with its exit, or
   * empty if it vanished without leaving one. Fails with {@link IllegalStateException} if the
   * executor is deactivated before; the program goes on, and another executor finds it.
   */
  CompletionStage<Optional<StepExit>> exit();

  /**
   * Sends the whole process group SIGINT, as Ctrl-C does at a terminal. Returns at once; does
   * nothing if the program has ended.
   */
  void interrupt();

  /**
   * Ends the whole process group: asks politely, waits, kills.
   *
   * @return completes when no process of the group is left; fails as {@link #exit()} does
   */
  CompletionStage<Optional<StepExit>> stop(Duration grace);
}
