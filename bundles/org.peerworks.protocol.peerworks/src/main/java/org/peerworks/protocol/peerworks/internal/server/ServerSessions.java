package org.peerworks.protocol.peerworks.internal.server;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.peerworks.files.api.FileResolver;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.JobAccess;
import org.peerworks.protocol.peerworks.internal.SessionLimits;
import org.peerworks.protocol.peerworks.internal.Settings;
import org.peerworks.protocol.peerworks.internal.transfer.Pump;
import org.peerworks.protocol.peerworks.internal.transfer.Uploads;
import org.peerworks.protocol.peerworks.internal.wire.Link;

/** Makes the sessions of clients. */
public final class ServerSessions {

  private final Supplier<JobAccess> jobs;
  private final Supplier<FileResolver> resolver;
  private final Uploads uploads;
  private final Settings settings;
  private final Executor pool;

  /**
   * @param jobs gives null while there is no job engine
   * @param resolver gives null while there is no file resolver
   * @param pool where files are read and written
   */
  public ServerSessions(
      Supplier<JobAccess> jobs,
      Supplier<FileResolver> resolver,
      Uploads uploads,
      Settings settings,
      Executor pool) {
    this.jobs = jobs;
    this.resolver = resolver;
    this.uploads = uploads;
    this.settings = settings;
    this.pool = pool;
  }

  /**
   * @param submitted called when the caller has handed in a job
   * @param ended called once, when the link has closed
   */
  public ServerSession create(Link link, Caller caller, Runnable submitted, Runnable ended) {
    AtomicInteger transfers = new AtomicInteger();
    SessionLimits limits = settings.session();
    SessionFiles files = new SessionFiles(2 * limits.inputs());
    return new ServerSession(
        link,
        caller,
        limits,
        new Calls(jobs, caller, limits, files, submitted),
        new Feeds(link, limits),
        new Receiver(link, caller.id(), uploads, files, transfers, settings, pool),
        new Downloads(link, new Pump(link, pool), transfers, limits),
        new FileCalls(resolver, link),
        ended);
  }
}
