package org.peerworks.protocol.peerworks.internal.client;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Subscription;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Link;
import org.peerworks.protocol.peerworks.internal.wire.Serial;
import org.peerworks.protocol.peerworks.internal.wire.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One feed of the worker. Holds at most its credit; gives more when its listener is through with
 * half of it.
 */
final class RemoteFeed implements Subscription {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteFeed.class);

  private final long id;
  private final Link link;
  private final int credit;
  private final Serial serial;
  private final Runnable onEnd;
  private final Consumer<JobException> onFailed;
  private final Runnable remove;
  private final Queue<Supplier<CompletionStage<Void>>> waiting = new ArrayDeque<>();
  private JobEventListener events;
  private LogListener log;
  private boolean delivering;
  private boolean over;
  private boolean closed;
  private boolean told;
  private JobException failure;
  private int delivered;

  RemoteFeed(
      long id,
      Link link,
      int credit,
      Executor pool,
      Runnable onEnd,
      Consumer<JobException> onFailed,
      Runnable remove) {
    this.id = id;
    this.link = link;
    this.credit = credit;
    this.serial = new Serial(pool);
    this.onEnd = onEnd;
    this.onFailed = onFailed;
    this.remove = remove;
  }

  void events(JobEventListener listener) {
    events = listener;
  }

  void log(LogListener listener) {
    log = listener;
  }

  void event(JobEvent event) {
    if (events == null) {
      throw new WireException("An event came for the log " + id + ".");
    }
    add(() -> events.onEvent(event));
  }

  /** An event of a kind that is not known here. */
  void skip() {
    add(() -> CompletableFuture.completedFuture(null));
  }

  void chunk(long offset, ByteBuffer chunk) {
    if (log == null) {
      throw new WireException("A chunk of a log came for the events " + id + ".");
    }
    add(() -> log.onChunk(offset, chunk));
  }

  private synchronized void add(Supplier<CompletionStage<Void>> delivery) {
    if (closed || over) {
      return;
    }
    if (waiting.size() >= credit) {
      throw new WireException("The worker sent more of feed " + id + " than it had credit for.");
    }
    waiting.add(delivery);
    proceed();
  }

  /** With the lock held. */
  private void proceed() {
    if (delivering || told) {
      return;
    }
    if (closed || (over && waiting.isEmpty())) {
      told = true;
      waiting.clear();
      JobException why = closed ? null : failure;
      serial.execute(why == null ? onEnd : () -> onFailed.accept(why));
    } else if (!waiting.isEmpty()) {
      delivering = true;
      Supplier<CompletionStage<Void>> next = waiting.poll();
      serial.execute(() -> deliver(next));
    }
  }

  private void deliver(Supplier<CompletionStage<Void>> next) {
    CompletionStage<Void> stage;
    try {
      stage = next.get();
    } catch (RuntimeException e) {
      stage = CompletableFuture.failedFuture(e);
    }
    stage.whenComplete((done, failure) -> delivered(failure));
  }

  private void delivered(Throwable failure) {
    int give = 0;
    synchronized (this) {
      delivering = false;
      if (failure == null && ++delivered >= Math.max(1, credit / 2) && !over && !closed) {
        give = delivered;
        delivered = 0;
      }
    }
    if (failure != null) {
      LOG.warn("Who followed feed {} failed, so it ends", id, failure);
      close();
    } else if (give > 0) {
      link.send(Json.message("credit").put("id", id).put("count", give));
    }
    synchronized (this) {
      proceed();
    }
  }

  /** The worker has nothing more, or is gone; what came is still delivered. */
  void end() {
    end(null);
  }

  /** The worker refused it, or failed at it; what came is still delivered. */
  void fail(JobException why) {
    end(why);
  }

  private void end(JobException why) {
    remove.run();
    synchronized (this) {
      failure = over ? failure : why;
      over = true;
      proceed();
    }
  }

  /** The worker has opened it; it may have been closed here before. */
  synchronized void opened() {
    if (closed) {
      sendClose();
    }
  }

  @Override
  public void close() {
    remove.run();
    synchronized (this) {
      if (closed || over && told) {
        return;
      }
      closed = true;
      proceed();
    }
    sendClose();
  }

  private void sendClose() {
    link.send(Json.message("close").put("id", id));
  }
}
