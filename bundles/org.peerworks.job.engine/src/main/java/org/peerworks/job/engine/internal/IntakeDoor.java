package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.peerworks.job.api.Intake;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether jobs are taken in and started, as an operator has said and the store keeps. */
final class IntakeDoor implements Intake {

  private static final Logger LOG = LoggerFactory.getLogger(IntakeDoor.class);
  private static final String SETTING = "intake.closed";
  private static final int MAX_REASON = 500;

  private final StoreWriter writer;
  private final Scheduler scheduler;
  private final Executor thread;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<CompletableFuture<Void>> waiting = new CopyOnWriteArrayList<>();
  private final List<CompletableFuture<Void>> leaving = new CopyOnWriteArrayList<>();

  /**
   * @param thread tells listeners; does only this
   */
  IntakeDoor(StoreWriter writer, Scheduler scheduler, Executor thread) {
    this.writer = writer;
    this.scheduler = scheduler;
    this.thread = thread;
  }

  /** What the store says of earlier times. */
  static Optional<String> stored(StoreReaders readers) throws IOException {
    return readers.read(q -> q.setting(SETTING));
  }

  @Override
  public Optional<String> closed() {
    return scheduler.closed();
  }

  @Override
  public void close(String reason) {
    set(Optional.of(required(reason)), true);
    look();
  }

  @Override
  public void closeUntilRestart(String reason) {
    set(Optional.of(required(reason)), false);
    look();
  }

  private static String required(String reason) {
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new JobException(
          JobException.Code.INVALID,
          "Say why no jobs are taken in, in 1 to " + MAX_REASON + " characters.");
    }
    return reason.strip();
  }

  @Override
  public void open() {
    set(Optional.empty(), true);
    fail("The worker takes jobs in again.");
  }

  private synchronized void set(Optional<String> reason, boolean forGood) {
    if (forGood) {
      store(reason);
    }
    if (reason.equals(closed())) {
      return;
    }
    scheduler.close(reason);
    reason.ifPresentOrElse(
        why -> LOG.warn("Takes no jobs in and starts none: {}", why),
        () -> LOG.info("Takes jobs in again"));
    for (Runnable listener : listeners) {
      tell(listener);
    }
  }

  private void store(Optional<String> reason) {
    try {
      writer
          .write(
              rows -> {
                rows.setting(SETTING, reason.orElse(null));
                return null;
              })
          .join();
    } catch (CompletionException e) {
      throw Refusals.of(e);
    }
  }

  private void tell(Runnable listener) {
    try {
      thread.execute(
          () -> {
            try {
              listener.run();
            } catch (RuntimeException | Error e) {
              LOG.error("A listener to the intake failed", e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("A listener to the intake hears nothing more, for the worker is stopping", e);
    }
  }

  @Override
  public CompletionStage<Void> drained() {
    return in(waiting);
  }

  @Override
  public CompletionStage<Void> leavable() {
    return in(leaving);
  }

  private CompletionStage<Void> in(List<CompletableFuture<Void>> list) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    list.add(mine);
    mine.whenComplete((done, failure) -> list.remove(mine));
    look();
    return mine.copy();
  }

  /** A job has ended, or the door was closed. */
  void look() {
    if (!waiting.isEmpty() && scheduler.isDrained()) {
      waiting.forEach(one -> one.complete(null));
    }
    if (!leaving.isEmpty() && scheduler.isLeavable()) {
      leaving.forEach(one -> one.complete(null));
    }
  }

  /** Nothing is waited for any more. */
  void fail(String why) {
    Stream.concat(waiting.stream(), leaving.stream())
        .forEach(
            one -> one.completeExceptionally(new JobException(JobException.Code.UNAVAILABLE, why)));
  }

  @Override
  public Subscription watch(Runnable listener) {
    Runnable mine = listener::run; // found by what it is, not by what it equals
    listeners.add(mine);
    return () -> listeners.remove(mine);
  }
}
