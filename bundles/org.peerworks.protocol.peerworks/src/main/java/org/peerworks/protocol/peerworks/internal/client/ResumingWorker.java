package org.peerworks.protocol.peerworks.internal.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.peerworks.files.api.FileResolver;
import org.peerworks.job.api.Jobs;
import org.peerworks.protocol.api.LinkState;
import org.peerworks.protocol.api.Reconnector;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.ReconnectLimits;

/** A worker as its client sees it, over one connection after the other. */
public final class ResumingWorker implements RemoteWorker {

  private final Sessions sessions;
  private final String identity;
  private final String description;
  private final Jobs jobs;
  private final Optional<FileResolver> files;

  private ResumingWorker(ClientSession first, Sessions sessions, Executor pool) {
    this.sessions = sessions;
    this.identity = first.identity();
    this.description = first.description();
    this.jobs = new ResumingJobs(sessions, pool);
    this.files = first.files().map(there -> new ResumingFiles(sessions));
  }

  /**
   * @param way null where a connection that is lost shall not be rebuilt
   * @param pool where callers are called back
   * @param clock runs something after a while
   * @param limits how a worker is looked for that was lost
   */
  public static ResumingWorker of(
      ClientSession first,
      Dialer dialer,
      Reconnector way,
      Executor pool,
      BiConsumer<Duration, Runnable> clock,
      ReconnectLimits limits) {
    Sessions sessions = new Sessions(first, dialer, way, pool, clock, limits);
    ResumingWorker worker = new ResumingWorker(first, sessions, pool);
    sessions.begin();
    return worker;
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Jobs jobs() {
    return jobs;
  }

  @Override
  public Optional<FileResolver> files() {
    return files;
  }

  @Override
  public AutoCloseable onLink(Consumer<LinkState> listener) {
    return sessions.news().listen(listener);
  }

  @Override
  public CompletionStage<String> closed() {
    return sessions.closed();
  }

  @Override
  public void close() {
    close("The client is done.");
  }

  /** Closes with a reason. */
  public void close(String reason) {
    sessions.close(reason);
  }
}
