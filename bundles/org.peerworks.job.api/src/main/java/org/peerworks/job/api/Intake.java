package org.peerworks.job.api;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Whether this worker takes jobs in and starts them. A service of the job engine. An intake that
 * was {@link #close closed} stays so over restarts, until {@link #open}. Thread-safe.
 */
@ProviderType
public interface Intake {

  /** Why no jobs are taken in, in words; empty while they are. */
  Optional<String> closed();

  /**
   * Accepts and starts no job from now on; those that run go on, those that wait keep waiting. Does
   * nothing but change the reason if it is closed already. Blocks until that is on stable storage.
   *
   * @param reason in words, for those who are refused; not blank
   */
  void close(String reason);

  /**
   * As {@link #close}, but the next start of the worker takes jobs in again. If it was closed for
   * good already it stays so.
   */
  void closeUntilRestart(String reason);

  /** Accepts and starts jobs again. Blocks as {@link #close} does. */
  void open();

  /**
   * Completes when no job runs while the intake is closed: at once, if that is so now. Fails with
   * {@link JobException.Code#UNAVAILABLE} if the intake is opened, or the engine goes away, before.
   */
  CompletionStage<Void> drained();

  /**
   * Completes when no job runs, while the intake is closed, that would fail if the worker went away
   * now: those of types with {@link JobType#RESTART} {@code rerun} go on at its next start. Fails
   * as {@link #drained()} does.
   */
  CompletionStage<Void> leavable();

  /**
   * Tells that {@link #closed()} has another answer, on a thread that does only this and may block.
   */
  Subscription watch(Runnable listener);
}
