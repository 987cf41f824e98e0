package org.peerworks.protocol.peerworks.internal.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.peerworks.job.api.JobException;
import org.peerworks.protocol.api.LinkState;
import org.peerworks.protocol.api.Reconnector;
import org.peerworks.protocol.peerworks.internal.ReconnectLimits;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.TransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session with a worker after the other: when one is lost, the next is looked for, and who
 * waits for it gets it. Thread-safe.
 */
final class Sessions {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final String identity;
  private final Dialer dialer;
  private final Reconnector way;
  private final Executor pool;
  private final BiConsumer<Duration, Runnable> clock;
  private final ReconnectLimits limits;
  private final Patience patience;
  private final LinkNews news;
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private CompletableFuture<ClientSession> current;
  private CompletionStage<Peer> attempt;
  private boolean missed;
  private boolean over;

  /**
   * @param way null if there is none; then the first session is the only one
   * @param clock runs something after a while
   * @param limits how a worker is looked for that was lost
   */
  Sessions(
      ClientSession first,
      Dialer dialer,
      Reconnector way,
      Executor pool,
      BiConsumer<Duration, Runnable> clock,
      ReconnectLimits limits) {
    this.identity = first.identity();
    this.dialer = dialer;
    this.way = way;
    this.pool = pool;
    this.clock = clock;
    this.limits = limits;
    this.patience = new Patience(limits, System.nanoTime());
    this.news = new LinkNews(pool);
    this.current = CompletableFuture.completedFuture(first);
  }

  /** Looks after the first session. */
  void begin() {
    session().thenAccept(this::follow);
  }

  LinkNews news() {
    return news;
  }

  CompletionStage<String> closed() {
    return closed.copy();
  }

  /** The session that there is, or the next one; fails if there will be none. */
  synchronized CompletionStage<ClientSession> session() {
    return current.copy();
  }

  /** The session after one that is over. */
  CompletionStage<ClientSession> after(ClientSession session) {
    lost(session, session.link().closed().toCompletableFuture().getNow("It is being closed."));
    return session();
  }

  /** Makes a call that may be made again, until a session lives long enough to answer it. */
  <T> CompletionStage<T> repeat(Function<ClientSession, CompletionStage<T>> call) {
    return repeat(call, call);
  }

  /**
   * As {@link #repeat(Function)}.
   *
   * @param again the call where an earlier one may have been heard
   */
  <T> CompletionStage<T> repeat(
      Function<ClientSession, CompletionStage<T>> call,
      Function<ClientSession, CompletionStage<T>> again) {
    return session().thenCompose(session -> repeat(session, call, again));
  }

  private <T> CompletionStage<T> repeat(
      ClientSession session,
      Function<ClientSession, CompletionStage<T>> call,
      Function<ClientSession, CompletionStage<T>> again) {
    return call.apply(session)
        .exceptionallyCompose(
            failure ->
                session.isOver() && Refusals.isUnavailable(failure)
                    ? after(session).thenCompose(next -> repeat(next, again, again))
                    : CompletableFuture.failedFuture(failure));
  }

  private void follow(ClientSession session) {
    session.worn().thenRun(() -> Pools.run(pool, () -> renew(session)));
    session.link().closed().thenAccept(reason -> lost(session, reason));
  }

  /** Looks for the next session while nobody misses one. */
  private void renew(ClientSession session) {
    synchronized (this) {
      if (over || way == null || session.isOver() || current.getNow(null) != session) {
        return;
      }
      current = new CompletableFuture<>();
      patience.lost(System.nanoTime(), false);
    }
    LOG.info("The connection to worker {} has carried enough; a new one is made", identity);
    tryNow();
  }

  private void lost(ClientSession session, String reason) {
    synchronized (this) {
      if (over || current.getNow(null) != session) {
        return;
      }
      if (way != null && !session.link().isBroken()) {
        current = new CompletableFuture<>();
        patience.lost(System.nanoTime(), session.link().isDismissed());
      }
    }
    if (way == null || session.link().isBroken()) {
      end(reason);
      return;
    }
    LOG.info("The connection to worker {} was lost: {}", identity, reason);
    tellLost(reason);
    tryAfterPause(reason);
  }

  private void tryAfterPause(String reason) {
    Duration pause;
    boolean late;
    synchronized (this) {
      long now = System.nanoTime();
      late = patience.isOver(now);
      pause = patience.pause(now);
    }
    if (late) {
      end("It was not reached again within " + limits.most().toSeconds() + " s. " + reason);
    } else {
      clock.accept(pause, () -> Pools.run(pool, this::tryNow));
    }
  }

  private void tryNow() {
    CompletionStage<Peer> trying;
    try {
      synchronized (this) {
        if (over) {
          return;
        }
        trying = way.reconnect();
        attempt = trying;
      }
    } catch (RuntimeException e) {
      failed(e);
      return;
    }
    trying
        .thenCompose(dialer::dial)
        .whenComplete(
            (session, failure) ->
                Pools.run(
                    pool,
                    () -> {
                      if (failure == null) {
                        connected(session);
                      } else {
                        failed(failure);
                      }
                    }));
  }

  private void connected(ClientSession session) {
    if (!session.identity().equals(identity)) {
      session.close();
      end("In its place is another worker, " + session.identity() + ".");
      return;
    }
    CompletableFuture<ClientSession> waiting;
    synchronized (this) {
      waiting = over ? null : current;
      patience.connected(System.nanoTime());
    }
    if (waiting == null) {
      session.close();
      return;
    }
    LOG.info("Worker {} is connected again", identity);
    tellConnected();
    waiting.complete(session);
    follow(session);
  }

  private void failed(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String reason = String.valueOf(cause.getMessage());
    if (cause instanceof TransportException && !(cause.getCause() instanceof RefusedException)) {
      LOG.debug("Worker {} cannot be reached yet", identity, cause);
      tellLost(reason);
      tryAfterPause(reason);
    } else {
      end(reason);
    }
  }

  private synchronized void tellLost(String reason) {
    if (!missed && !over) {
      missed = true;
      news.tell(LinkState.lost(reason));
    }
  }

  private synchronized void tellConnected() {
    if (missed && !over) {
      missed = false;
      news.tell(LinkState.connected());
    }
  }

  /** Ends the session that there is, and looks for no other. */
  void close(String reason) {
    CompletionStage<ClientSession> last = session();
    end(reason);
    last.thenAccept(ClientSession::close);
  }

  private void end(String reason) {
    JobException refusal = Requests.unavailable(reason);
    CompletableFuture<ClientSession> waiting;
    CompletionStage<Peer> trying;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      waiting = current;
      trying = attempt;
      current = CompletableFuture.failedFuture(refusal);
    }
    closed.complete(reason);
    waiting.completeExceptionally(refusal);
    if (trying != null) {
      trying.toCompletableFuture().cancel(true);
    }
    news.tell(LinkState.closed(reason));
  }
}
