package org.peerworks.protocol.peerworks.internal.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.Subscription;
import org.peerworks.protocol.peerworks.internal.model.Failures;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Link;
import org.peerworks.protocol.peerworks.internal.wire.WireException;

/** One feed on its way to the client; it stands still while the client gives no credit. */
final class Feed {

  private final long id;
  private final Link link;
  private final int mostCredit;
  private final Runnable ended;
  private final AtomicBoolean over = new AtomicBoolean();
  private int credit;
  private CompletableFuture<Void> blocked;
  private Subscription subscription;
  private boolean closed;

  Feed(long id, Link link, int credit, int mostCredit, Runnable ended) {
    this.id = id;
    this.link = link;
    this.credit = credit;
    this.mostCredit = mostCredit;
    this.ended = ended;
  }

  void follow(Subscription subscription) {
    synchronized (this) {
      this.subscription = subscription;
      if (!closed) {
        return;
      }
    }
    subscription.close();
  }

  /**
   * @return completes when the next one may be delivered; fails when the client has gone
   */
  CompletionStage<Void> deliver(ObjectNode message) {
    synchronized (this) {
      if (closed || over.get()) {
        return CompletableFuture.failedFuture(new IllegalStateException("The client is gone."));
      }
      link.send(message.put("id", id));
      if (--credit > 0) {
        return CompletableFuture.completedFuture(null);
      }
      blocked = new CompletableFuture<>();
      return blocked;
    }
  }

  void credit(int count) {
    CompletableFuture<Void> waiting;
    synchronized (this) {
      credit += count;
      if (credit > mostCredit) {
        throw new WireException(
            "The credit of feed %d is %d, but may be %d.".formatted(id, credit, mostCredit));
      }
      waiting = blocked;
      blocked = null;
    }
    if (waiting != null) {
      waiting.complete(null);
    }
  }

  /** The source has ended. */
  void end() {
    end(Json.message("end").put("id", id));
  }

  /** The source was refused, or has failed. */
  void fail(JobException why) {
    end(Json.message("end").put("id", id).set("error", Failures.write(why)));
  }

  private void end(ObjectNode message) {
    if (over.compareAndSet(false, true)) {
      link.send(message);
      ended.run();
    }
  }

  /** The client wants no more, or is gone. */
  void close() {
    CompletableFuture<Void> waiting;
    Subscription source;
    synchronized (this) {
      closed = true;
      waiting = blocked;
      blocked = null;
      source = subscription;
    }
    if (source != null) {
      source.close();
    }
    if (waiting != null) {
      waiting.completeExceptionally(new IllegalStateException("The client is gone."));
    }
    end();
  }
}
