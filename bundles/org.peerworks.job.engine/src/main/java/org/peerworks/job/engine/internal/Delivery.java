package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls one thing after the other out of the store or a file and hands it to a listener; the next
 * one when the listener is done with it. Never on two threads at once.
 */
abstract class Delivery implements Subscription {

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /** Then others have their turn: a listener that has much to catch up with holds up nobody. */
  private static final int TURNS = 100;

  private static final long RETRY_MILLIS = 1000;
  private static final int MOST_TRIES = 300;

  private final Executor executor;
  private final ScheduledExecutorService timer;
  private final Consumer<Delivery> gone;
  private final AtomicInteger wakes = new AtomicInteger();
  private int tries; // of the one thread that delivers
  private volatile boolean closed;

  /**
   * @param timer for what is tried again later
   * @param gone told when nothing more will be delivered
   */
  Delivery(Executor executor, ScheduledExecutorService timer, Consumer<Delivery> gone) {
    this.executor = executor;
    this.timer = timer;
    this.gone = gone;
  }

  /** There may be something to deliver. Returns at once. */
  final void wake() {
    if (wakes.getAndIncrement() == 0) {
      execute();
    }
  }

  @Override
  public final void close() {
    closed = true;
    gone.accept(this); // also if its listener never answers again
    wake();
  }

  /**
   * Delivers the next thing.
   *
   * @return completes when the listener is done with it; null if there is nothing now
   * @throws EndOfDelivery nothing more will come
   */
  abstract CompletionStage<Void> next() throws Exception;

  /** Tells the listener that it was all. Once. */
  abstract void end();

  /** Tells the listener instead why nothing more will come. */
  abstract void fail(JobException why);

  /** Nothing more will come. */
  static final class EndOfDelivery extends Exception {
    private static final long serialVersionUID = 1L;

    EndOfDelivery() {
      super("end", null, false, false);
    }
  }

  private void run() {
    int seen = wakes.get();
    JobException failure = null;
    try {
      for (int turn = 0; !closed; turn++) {
        if (turn == TURNS) {
          execute();
          return;
        }
        CompletionStage<Void> handling = next();
        tries = 0;
        if (handling == null) {
          if (wakes.addAndGet(-seen) == 0) {
            return;
          }
          seen = wakes.get();
          continue;
        }
        CompletableFuture<Void> handled = handling.toCompletableFuture();
        if (!handled.isDone() || handled.isCompletedExceptionally()) {
          handled.whenComplete((done, thrown) -> resume(thrown));
          return;
        }
      }
    } catch (EndOfDelivery e) {
      closed = true;
    } catch (IOException e) {
      if (triesAgain(e)) {
        return;
      }
      failure = Refusals.of(e);
      closed = true;
    } catch (Exception e) {
      failure = Refusals.of(e);
      closed = true;
    }
    finish(failure);
  }

  /** What cannot be read now often can be soon: a disk or the system may be short of something. */
  private boolean triesAgain(IOException why) {
    tries++;
    if (tries == 1) {
      LOG.warn("A subscription to jobs waits, for there is nothing to be read now", why);
    }
    try {
      if (tries <= MOST_TRIES) {
        timer.schedule(this::execute, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        return true;
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("Nothing is tried again, for the worker is stopping", e);
    }
    return false;
  }

  private void resume(Throwable failure) {
    if (failure != null) {
      LOG.debug("A listener to jobs failed and gets no more", failure);
      closed = true;
    }
    execute();
  }

  private void execute() {
    try {
      executor.execute(this::run);
    } catch (RejectedExecutionException e) {
      LOG.debug("A subscription to jobs ends, for the worker is stopping", e);
      closed = true;
      gone.accept(this);
    }
  }

  /** The count of wakes stays above zero, so that this never runs again. */
  private void finish(JobException failure) {
    gone.accept(this);
    try {
      if (failure == null) {
        end();
      } else {
        fail(failure);
      }
    } catch (RuntimeException e) {
      LOG.warn("A listener to jobs failed at its end", e);
    }
  }
}
