package org.peerworks.protocol.peerworks.internal.server;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.JobAccess;
import org.peerworks.protocol.peerworks.internal.transfer.Pump;
import org.peerworks.protocol.peerworks.internal.transfer.Uploads;
import org.peerworks.protocol.peerworks.internal.wire.Link;
import org.peerworks.protocol.peerworks.internal.wire.LinkHandler;

/** Makes the sessions of clients. */
public final class ServerSessions {

  private final Supplier<JobAccess> jobs;
  private final Uploads uploads;
  private final int window;
  private final Executor pool;

  /**
   * @param jobs gives null while there is no job engine
   * @param window bytes of an upload that may be under way
   * @param pool where files are read and written
   */
  public ServerSessions(Supplier<JobAccess> jobs, Uploads uploads, int window, Executor pool) {
    this.jobs = jobs;
    this.uploads = uploads;
    this.window = window;
    this.pool = pool;
  }

  /**
   * @param ended called once, when the link has closed
   */
  public LinkHandler create(Link link, Caller caller, Runnable ended) {
    AtomicInteger transfers = new AtomicInteger();
    SessionFiles files = new SessionFiles();
    return new ServerSession(
        link,
        caller,
        new Calls(jobs, caller, files),
        new Feeds(link),
        new Receiver(link, caller.id(), uploads, files, transfers, window, pool),
        new Downloads(link, new Pump(link, pool), transfers),
        ended);
  }
}
