package org.peerworks.job.engine.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes where versions of job types stand: first in the store, then in force. One change at a
 * time, on a thread of its own.
 */
final class Standings {

  private static final Logger LOG = LoggerFactory.getLogger(Standings.class);

  /** Says what is to be kept now; may refuse. */
  @FunctionalInterface
  interface Change {
    List<Standing> make();
  }

  private final TypeRegistry types;
  private final StoreWriter writer;
  private final Executor thread;
  private final Runnable changed;

  /**
   * @param changed called on the thread after each change
   */
  Standings(TypeRegistry types, StoreWriter writer, Executor thread, Runnable changed) {
    this.types = types;
    this.writer = writer;
    this.thread = thread;
    this.changed = changed;
  }

  /**
   * @return completes when the change is on stable storage and in force
   */
  CompletableFuture<Void> change(Change change) {
    return CompletableFuture.runAsync(() -> keep(change.make()), thread);
  }

  /** Does something between two changes; nothing if the worker is stopping. */
  void between(Runnable work) {
    try {
      thread.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException | Error e) {
              LOG.error("The versions of job types were not looked after", e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("Versions of job types are not looked after, for the worker is stopping", e);
    }
  }

  /** To be called on the thread. Blocks. */
  void keep(List<Standing> now) {
    if (!now.isEmpty()) {
      store(now);
      now.forEach(types::put);
    }
    changed.run();
  }

  private void store(List<Standing> now) {
    writer
        .write(
            rows -> {
              for (Standing standing : now) {
                rows.keep(standing);
              }
              return null;
            })
        .join();
  }

  /** Keeps that a version was here; it can be kept the next time too. */
  void seen(Optional<Standing> fresh) {
    between(
        () -> {
          try {
            fresh.ifPresent(standing -> store(List.of(standing)));
          } catch (CompletionException e) {
            LOG.debug("That a job type came is stored when it comes again", e);
          }
          changed.run();
        });
  }
}
