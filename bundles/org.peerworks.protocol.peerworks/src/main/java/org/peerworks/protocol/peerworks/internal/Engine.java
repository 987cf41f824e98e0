package org.peerworks.protocol.peerworks.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.peerworks.files.api.FileResolver;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.JobAccess;
import org.peerworks.job.api.JobQuery;
import org.peerworks.protocol.api.Reconnector;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.client.Workers;
import org.peerworks.protocol.peerworks.internal.identity.IdentityFile;
import org.peerworks.protocol.peerworks.internal.identity.KnownWorkers;
import org.peerworks.protocol.peerworks.internal.server.ServerHello;
import org.peerworks.protocol.peerworks.internal.server.ServerSession;
import org.peerworks.protocol.peerworks.internal.server.ServerSessions;
import org.peerworks.protocol.peerworks.internal.transfer.Disk;
import org.peerworks.protocol.peerworks.internal.transfer.Uploads;
import org.peerworks.protocol.peerworks.internal.wire.Link;
import org.peerworks.protocol.peerworks.internal.wire.LinkHandler;
import org.peerworks.protocol.peerworks.internal.wire.WireException;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the connections of both roles, their threads and their files. */
public final class Engine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  private final Settings settings;
  private final IdentityFile identities;
  private final Threads threads = new Threads();
  private final Uploads uploads;
  private final ServerSessions sessions;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final Admission admission;
  private final Workers workers;
  private final Supplier<JobAccess> jobs;
  private volatile Supplier<FileResolver> files = () -> null;
  private volatile boolean closed;
  private volatile boolean identified;

  /**
   * @param data data directory
   * @param jobs gives null while there is no job engine
   */
  public Engine(Path data, Settings settings, Supplier<JobAccess> jobs) {
    this(data, settings, jobs, Disk.REAL);
  }

  /**
   * @param disk tells how much room there is for uploads
   */
  public Engine(Path data, Settings settings, Supplier<JobAccess> jobs, Disk disk) {
    this.settings = settings;
    this.admission = new Admission(settings.clients());
    this.identities = new IdentityFile(data.resolve("keys"));
    this.uploads = new Uploads(data.resolve("uploads"), settings.uploads(), threads.pool(), disk);
    this.jobs = jobs;
    this.sessions = new ServerSessions(jobs, () -> files.get(), uploads, settings, threads.pool());
    this.workers =
        new Workers(
            settings,
            identities,
            new KnownWorkers(data.resolve("keys")),
            threads.pool(),
            threads::after,
            this::add);
    threads.every(1, this::tick);
    threads.every(60, uploads::expire);
  }

  /**
   * Sets whose files clients may ask for.
   *
   * @param resolver gives null while there is none
   */
  public void files(Supplier<FileResolver> resolver) {
    files = resolver;
  }

  private void tick() {
    links.forEach(Link::tick);
    uploads.revokeStalled();
  }

  /** Serves a client; returns at once. */
  public void serve(Peer peer, Channel channel) {
    try {
      threads.pool().execute(() -> serveNow(peer, channel));
    } catch (RejectedExecutionException e) {
      LOG.debug("Peer '{}' came while the protocol was stopping", peer.id(), e);
      channel.close();
    }
  }

  private void serveNow(Peer peer, Channel channel) {
    try {
      Link.requireSize(channel.maxMessageSize());
    } catch (IllegalArgumentException e) {
      LOG.warn("Peer '{}' cannot be served: {}", peer.id(), e.getMessage());
      channel.close();
      return;
    }
    try {
      admit(peer, channel);
    } catch (WireException e) {
      refuse(peer, channel, e.getMessage());
    } catch (IOException e) {
      LOG.error("Peer '{}' cannot be served: {}", peer.id(), e.getMessage(), e);
      refuse(peer, channel, "This worker cannot prove who it is. Tell its administrator.");
    } catch (RuntimeException e) {
      LOG.error("Peer '{}' cannot be served", peer.id(), e);
      channel.close();
    }
  }

  private void admit(Peer peer, Channel channel) throws IOException {
    var link = new CompletableFuture<Link>();
    Admission.Slot slot =
        admission.enter(peer.id(), reason -> link.thenAccept(late -> drop(late, peer, reason)));
    try {
      ServerHello hello =
          new ServerHello(
              identities.open(),
              peer.binding(),
              settings,
              (caller, instance) ->
                  ownsJobs(caller)
                      .thenApply(
                          owner -> {
                            ServerSession session =
                                sessions.create(
                                    link.join(), caller, slot::becomeKnown, slot::leave);
                            slot.prove(caller.id(), instance, owner, session);
                            return session;
                          }),
              slot::leave,
              peer.worn());
      Link opened = new Link(channel, peer.id(), settings.link(), hello);
      hello.on(opened);
      add(opened);
      link.complete(opened);
      opened.open();
    } catch (IOException | RuntimeException e) {
      slot.leave();
      throw e;
    }
  }

  /** Ends a connection, and with it the place that the peer takes in its transport. */
  private static void drop(Link link, Peer peer, String reason) {
    link.fail(reason).whenComplete((done, failure) -> peer.close());
  }

  /** Strangers own no jobs here. */
  private CompletionStage<Boolean> ownsJobs(Caller caller) {
    JobAccess access = jobs.get();
    if (caller.operator() || access == null) {
      return CompletableFuture.completedFuture(caller.operator());
    }
    return access
        .as(caller)
        .list(new JobQuery(Set.of(), true, "", 1))
        .handle(
            (page, failure) -> {
              if (failure != null) {
                LOG.warn("The jobs of '{}' could not be listed", caller.id(), failure);
              }
              return failure == null && !page.jobs().isEmpty();
            });
  }

  private void refuse(Peer peer, Channel channel, String reason) {
    Link link = new Link(channel, peer.id(), settings.link(), new Deaf());
    link.open();
    link.fail(reason);
  }

  private void add(Link link) {
    links.add(link);
    link.closed().whenComplete((reason, failure) -> links.remove(link));
    if (closed) {
      link.fail("This side is stopping.");
    }
  }

  /** Connects to a worker over a channel; when it is lost, the worker is. */
  public CompletionStage<RemoteWorker> connect(Peer peer, Channel channel) {
    return workers.connect(peer, channel);
  }

  /**
   * Connects to a worker.
   *
   * @param way back when the connection is lost
   */
  public CompletionStage<RemoteWorker> connect(Peer peer, Reconnector way) {
    return workers.connect(peer, way);
  }

  /**
   * Reads the identity, or makes one, before anybody asks for it.
   *
   * @throws IllegalStateException if it can be neither; says why
   */
  public void identify() {
    if (identified) {
      return;
    }
    try {
      identities.open();
      identified = true;
    } catch (IOException e) {
      throw new IllegalStateException("This worker cannot prove who it is: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    closed = true;
    workers.close("This side is stopping.");
    links.forEach(link -> link.fail("This side is stopping."));
    threads.close();
  }

  /** Hears nothing. */
  private record Deaf() implements LinkHandler {

    @Override
    public void onMessage(String type, ObjectNode message) {}

    @Override
    public void onFrame(ByteBuffer frame) {}

    @Override
    public void onClosed(String reason) {}
  }
}
