package org.peerworks.protocol.peerworks.internal.client;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.Subscription;

/**
 * Something that a worker delivers and that is asked for again, from where it was, when the
 * connection is lost. Thread-safe.
 */
abstract class ResumingFeed implements Subscription {

  private final Sessions sessions;
  private final Executor pool;
  private ClientSession asked;
  private Subscription current;
  private boolean closed;
  private boolean told;

  ResumingFeed(Sessions sessions, Executor pool) {
    this.sessions = sessions;
    this.pool = pool;
  }

  /** Asks a worker for what comes after what was delivered. */
  abstract Subscription ask(RemoteJobs jobs, ClientSession session);

  abstract void tellEnd();

  abstract void tellFailure(JobException why);

  final Subscription begin() {
    follow(sessions.session());
    return this;
  }

  private void follow(CompletionStage<ClientSession> next) {
    next.whenComplete(
        (session, failure) -> {
          if (failure == null) {
            follow(session);
          } else {
            Pools.run(pool, this::over);
          }
        });
  }

  private void follow(ClientSession session) {
    synchronized (this) {
      if (told) {
        return;
      }
      asked = session;
    }
    Subscription feed = ask(session.jobs(), session);
    boolean unwanted;
    synchronized (this) {
      if (asked == session) {
        current = feed;
      }
      unwanted = closed;
    }
    if (unwanted) {
      feed.close();
    }
  }

  /** What was delivered could not be taken: the feed of the session ends, and this with it. */
  final CompletionStage<Void> delivered(CompletionStage<Void> taken) {
    return taken.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            synchronized (this) {
              closed = true;
            }
          }
        });
  }

  /** The session's feed has ended. */
  final void ended(ClientSession session) {
    if (goesOn() && session.isOver()) {
      follow(sessions.after(session));
    } else {
      over();
    }
  }

  /** The session's feed was refused, or has failed. */
  final void failed(ClientSession session, JobException why) {
    if (goesOn() && session.isOver() && why.code() == JobException.Code.UNAVAILABLE) {
      follow(sessions.after(session));
    } else if (last()) {
      tellFailure(why);
    }
  }

  private synchronized boolean goesOn() {
    asked = null;
    current = null;
    return !closed;
  }

  private void over() {
    if (last()) {
      tellEnd();
    }
  }

  private synchronized boolean last() {
    boolean first = !told;
    told = true;
    return first;
  }

  @Override
  public final void close() {
    Subscription feed;
    synchronized (this) {
      if (closed || told) {
        return;
      }
      closed = true;
      feed = current;
    }
    if (feed == null) {
      Pools.run(pool, this::over);
    } else {
      feed.close();
    }
  }
}
