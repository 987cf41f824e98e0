package org.peerworks.protocol.sleap.internal.worker;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.peerworks.job.api.Caller;
import org.peerworks.protocol.sleap.internal.Threads;
import org.peerworks.protocol.sleap.internal.auth.Authentication;
import org.peerworks.protocol.sleap.internal.wire.RunReply;
import org.peerworks.protocol.sleap.internal.wire.Texts;
import org.peerworks.signaling.api.Room;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the clients of a worker, several at once, each for itself. */
public final class WorkerSide implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerSide.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  /** How long a client must have asked nothing to give way to a newcomer. */
  private static final long GIVES_WAY_NANOS = 60_000_000_000L;

  private final WorkerLimits limits;
  private final Authentication authentication;
  private final Threads threads;
  private final SessionContext.Shared shared;
  private final RelayDesk relay;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> ofPeer = new HashMap<>();
  private volatile boolean closed;

  /**
   * @param data data directory
   */
  public WorkerSide(
      Path data,
      WorkerLimits limits,
      InputPlaces places,
      Services services,
      Authentication authentication,
      Threads threads) {
    this(data, limits, places, services, authentication, threads, Space.Disk.REAL);
  }

  WorkerSide(
      Path data,
      WorkerLimits limits,
      InputPlaces places,
      Services services,
      Authentication authentication,
      Threads threads,
      Space.Disk disk) {
    this.limits = limits;
    this.authentication = authentication;
    this.threads = threads;
    Path own = data.resolve("sleap");
    this.shared =
        new SessionContext.Shared(
            limits,
            services,
            places,
            new Space(limits, disk),
            new Staging(own.resolve("incoming")),
            new HashCache(own.resolve("uploads.jsonl"), limits.cachedFiles()),
            threads.pool());
    this.relay = new RelayDesk(shared, authentication);
    threads.every(500, () -> connections.forEach(Connection::tick));
  }

  /** The worker is in a room now, whose server may pass jobs on. */
  public void entered(Room room) {
    relay.entered(room);
  }

  /** The worker has left a room. */
  public void left(Room room) {
    relay.left(room);
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
    String name = Texts.line(peer.id(), 64);
    Lane lane = new Lane(channel, name);
    String refusal = admit(peer.id());
    if (!refusal.isEmpty()) {
      LOG.warn("Refused peer '{}': {}", name, refusal);
      lane.closeAfter(new RunReply.LogText(refusal + "\n"));
      return;
    }
    Connection connection;
    try {
      connection =
          new Connection(
              lane,
              limits,
              authentication.now(),
              (way, identity) -> open(way, name, identity),
              () -> leave(peer.id()));
    } catch (RuntimeException e) {
      LOG.error("Peer '{}' cannot be served", name, e);
      leave(peer.id());
      channel.close();
      return;
    }
    connections.add(connection);
    channel.closed().whenComplete((reason, failure) -> connections.remove(connection));
    channel.receive(connection);
    connection.begin();
    if (closed) {
      connection.close();
    }
  }

  /**
   * @return why there is no place; empty if there is one, which is taken
   */
  private String admit(String peer) {
    Optional<Connection> idlest = Optional.empty();
    synchronized (ofPeer) {
      int all = ofPeer.values().stream().mapToInt(Integer::intValue).sum();
      if (ofPeer.getOrDefault(peer, 0) >= limits.channelsOfPeer()) {
        return "You have %d channels to this worker already, the limit."
            .formatted(limits.channelsOfPeer());
      }
      if (all >= limits.clients()) {
        long now = System.nanoTime();
        idlest =
            connections.stream()
                .filter(connection -> connection.idleNanos(now) > GIVES_WAY_NANOS)
                .max(Comparator.comparingLong(connection -> connection.idleNanos(now)));
        if (idlest.isEmpty()) {
          return "This worker serves %d clients already, its limit. Try again later."
              .formatted(limits.clients());
        }
      }
      ofPeer.merge(peer, 1, Integer::sum);
    }
    idlest.ifPresent(Connection::close);
    return "";
  }

  private void leave(String peer) {
    synchronized (ofPeer) {
      ofPeer.computeIfPresent(peer, (id, count) -> count == 1 ? null : count - 1);
    }
  }

  private Phase open(Lane lane, String name, String identity) {
    // Without a proof nobody is taken for somebody who was here before.
    String id = identity.isBlank() ? "sleap-rtc:" + random() : identity;
    LOG.info("Serving peer '{}' as '{}'", name, id);
    return new Session(
        new SessionContext(
            lane,
            new Caller(id, name.isEmpty() ? "sleap-rtc" : name, false),
            new JobQueue(limits),
            new Results(lane, threads.pool()),
            shared));
  }

  private static String random() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** How many channels are served. */
  int count() {
    return connections.size();
  }

  @Override
  public void close() {
    closed = true;
    relay.close();
    connections.forEach(Connection::close);
  }
}
