package org.peerworks.protocol.peerworks.internal.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.peerworks.protocol.api.Reconnector;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.Hello;
import org.peerworks.protocol.peerworks.internal.Settings;
import org.peerworks.protocol.peerworks.internal.identity.Identity;
import org.peerworks.protocol.peerworks.internal.identity.IdentityFile;
import org.peerworks.protocol.peerworks.internal.identity.KnownWorkers;
import org.peerworks.protocol.peerworks.internal.wire.Link;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.TransportException;

/** Connects to workers: proves who we are, and makes them prove the same. Thread-safe. */
public final class Workers {

  private final Settings settings;
  private final IdentityFile identities;
  private final KnownWorkers known;
  private final Executor pool;
  private final BiConsumer<Duration, Runnable> clock;
  private final Consumer<Link> opened;
  private final Set<ResumingWorker> connected = ConcurrentHashMap.newKeySet();
  private volatile String closed;

  /**
   * @param known the workers of before
   * @param pool where files are read, and callers are called back
   * @param clock runs something after a while
   * @param opened hears of each new link
   */
  public Workers(
      Settings settings,
      IdentityFile identities,
      KnownWorkers known,
      Executor pool,
      BiConsumer<Duration, Runnable> clock,
      Consumer<Link> opened) {
    this.settings = settings;
    this.identities = identities;
    this.known = known;
    this.pool = pool;
    this.clock = clock;
    this.opened = opened;
  }

  /** Connects over a channel that is there; when it is lost, the worker is. */
  public CompletionStage<RemoteWorker> connect(Peer peer, Channel channel) {
    String instance = Hello.instance();
    return session(peer, channel, instance).thenApply(first -> worker(first, null, instance));
  }

  /**
   * Connects over a channel that it opens.
   *
   * @param way back when the connection is lost
   */
  public CompletionStage<RemoteWorker> connect(Peer peer, Reconnector way) {
    String instance = Hello.instance();
    return dial(peer, instance)
        .thenApply(
            first -> worker(first, settings.reconnect().most().isZero() ? null : way, instance));
  }

  private RemoteWorker worker(ClientSession first, Reconnector way, String instance) {
    ResumingWorker worker =
        ResumingWorker.of(
            first, again -> dial(again, instance), way, pool, clock, settings.reconnect());
    connected.add(worker);
    worker.closed().thenAccept(reason -> connected.remove(worker));
    if (closed != null) {
      worker.close(closed);
    }
    return worker;
  }

  private CompletionStage<ClientSession> dial(Peer peer, String instance) {
    return peer.open(Hello.LABEL, ChannelOptions.DEFAULT)
        .thenCompose(channel -> session(peer, channel, instance));
  }

  private CompletionStage<ClientSession> session(Peer peer, Channel channel, String instance) {
    CompletableFuture<ClientSession> proven = new CompletableFuture<>();
    try {
      CompletableFuture.supplyAsync(this::identity, pool)
          .thenCompose(identity -> session(identity, peer, channel, instance))
          .whenCompleteAsync(
              (session, failure) -> {
                if (failure == null) {
                  peer.worn().thenRun(session::wear);
                  proven.complete(session);
                } else {
                  channel.close();
                  proven.completeExceptionally(transportFailure(failure));
                }
              },
              pool);
    } catch (RejectedExecutionException e) {
      channel.close();
      proven.completeExceptionally(new TransportException("This program is stopping.", e));
    }
    return proven;
  }

  private static TransportException transportFailure(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof TransportException known
        ? known
        : new TransportException("The worker could not be reached by a defect of ours.", cause);
  }

  private Identity identity() {
    try {
      return identities.open();
    } catch (IOException e) {
      throw new TransportException(e.getMessage(), e);
    }
  }

  private CompletionStage<ClientSession> session(
      Identity identity, Peer peer, Channel channel, String instance) {
    try {
      Link.requireSize(channel.maxMessageSize());
    } catch (IllegalArgumentException e) {
      throw new TransportException(e.getMessage(), e);
    }
    var link = new CompletableFuture<Link>();
    ClientHello hello =
        new ClientHello(
            identity,
            peer.binding(),
            settings,
            known,
            peer.place(),
            instance,
            (id, program) -> new ClientSession(link.join(), id, program, pool, settings));
    link.complete(new Link(channel, peer.id(), settings.link().forClient(), hello));
    opened.accept(link.join());
    return hello.begin(link.join());
  }

  /** Ends all connections. */
  public void close(String reason) {
    closed = reason;
    connected.forEach(worker -> worker.close(reason));
  }
}
