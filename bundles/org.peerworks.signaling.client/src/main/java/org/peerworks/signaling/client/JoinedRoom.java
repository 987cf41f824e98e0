package org.peerworks.signaling.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.peerworks.signaling.api.IceServer;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.PeerQuery;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.signaling.api.SessionString;
import org.peerworks.signaling.api.Signal;
import org.peerworks.signaling.api.SignalingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A room over one connection after the other, until it is closed or the server refuses. */
final class JoinedRoom implements Room {

  private static final Logger LOG = LoggerFactory.getLogger(JoinedRoom.class);

  /** The server's close code for a peer that has come in again elsewhere. */
  private static final int REPLACED = 4001;

  /** A connection that held so long was a good one. */
  private static final Duration STABLE = Duration.ofSeconds(30);

  private final Gear gear;
  private final boolean keep;
  private final Backoff backoff;
  private final Deliveries deliveries;
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final CountDownLatch leaving = new CountDownLatch(1);
  private volatile Place place;
  private volatile PeerInfo self;
  private volatile Connection connection;
  private volatile long connectedAt;

  JoinedRoom(Gear gear, Place place, PeerInfo self, boolean keep, Backoff backoff) {
    this.gear = gear;
    this.place = place;
    this.self = self;
    this.keep = keep;
    this.backoff = backoff;
    this.deliveries = new Deliveries(self.id());
  }

  /** Connects and registers; to be called once. */
  void enter() throws IOException, InterruptedException, Refused {
    try {
      connect();
    } catch (IOException | InterruptedException | Refused e) {
      deliveries.close();
      throw e;
    }
  }

  @Override
  public SessionString session() {
    return new SessionString(place.roomId(), place.token(), self.id());
  }

  @Override
  public ServerAddress server() {
    return place.server();
  }

  @Override
  public String credential() {
    return place.pass().credential();
  }

  @Override
  public boolean connected() {
    return connection.isOpen();
  }

  @Override
  public List<IceServer> iceServers() {
    return Wire.iceServers(connection.registration());
  }

  @Override
  public CompletionStage<List<PeerInfo>> discover(Role role) {
    return discover(PeerQuery.of(role));
  }

  /** Selects once more here, as not every server knows all filters. */
  @Override
  public CompletionStage<List<PeerInfo>> discover(PeerQuery query) {
    return ask(Wire.discover(self.id(), query))
        .thenApply(answer -> query.select(Wire.peers(answer, self.id())));
  }

  /** Where the server cannot be reached now, it is told when it can be. */
  @Override
  public CompletionStage<Void> updateProperties(Map<String, Object> properties) {
    PeerInfo described = describe(properties);
    return connection.isOpen()
        ? ask(Wire.update(described)).thenAccept(answer -> {})
        : CompletableFuture.completedFuture(null);
  }

  /**
   * An offer to somebody who is not in the room fails; the wire would drop it without a word. Where
   * the server does not say who is there, it is sent.
   */
  @Override
  public CompletionStage<Void> send(Signal signal) {
    ObjectNode message;
    try {
      message = Wire.signal(self.id(), signal);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(new SignalingException(e.getMessage(), e));
    }
    if (signal instanceof Signal.Offer offer) {
      return discover(Role.PEER)
          .handle((peers, unknown) -> unknown != null || isHere(offer.peer(), peers))
          .thenCompose(worthATry -> worthATry ? post(message) : absent(offer.peer()));
    }
    return post(message);
  }

  @Override
  public AutoCloseable listen(Consumer<Signal> listener) {
    return deliveries.listen(listener);
  }

  @Override
  public AutoCloseable listenToServer(Consumer<String> listener) {
    return deliveries.listenToServer(listener);
  }

  @Override
  public CompletionStage<Void> answerServer(String json) {
    return post(Json.object(json).orElseThrow(() -> new IllegalArgumentException("No object")));
  }

  @Override
  public boolean knowsAuthorizedKeys() {
    return place.pass() instanceof Pass.Key;
  }

  @Override
  public CompletionStage<List<byte[]>> authorizedKeys() {
    return place.pass() instanceof Pass.Key key
        ? CompletableFuture.supplyAsync(
            () -> AuthorizedKeys.fetch(gear.http(), gear.pace(), place, key), gear.executor())
        : Room.super.authorizedKeys();
  }

  @Override
  public CompletionStage<String> closed() {
    return closed.minimalCompletionStage();
  }

  @Override
  public void close() {
    end("Left the room.");
  }

  private void connect() throws IOException, InterruptedException, Refused {
    PeerInfo described = self;
    Connection opened = Connection.open(gear, place, described, deliveries);
    connection = opened;
    connectedAt = System.nanoTime();
    if (place.roomId().isEmpty()) {
      place = place.in(Json.text(opened.registration(), "room_id").orElse(""));
    }
    if (described != self) {
      opened.ask(Wire.update(self), gear.pace());
    }
    opened.end().thenAccept(this::lost);
    if (closed.isDone()) {
      opened.close();
    }
  }

  private void lost(Connection.End end) {
    if (closed.isDone()) {
      return;
    }
    String why =
        "The connection to the signalling server at "
            + place.server().webSocket()
            + " is lost ("
            + end.code()
            + (end.reason().isEmpty() ? "" : ", " + end.reason())
            + ").";
    if (end.code() == REPLACED) {
      end("Another program has joined room '" + place.roomId() + "' as '" + self.id() + "'.");
    } else if (keep) {
      LOG.warn("{} Coming back", why);
      try {
        gear.executor().execute(this::comeBack);
      } catch (RejectedExecutionException e) {
        end(why);
      }
    } else {
      end(why);
    }
  }

  private void comeBack() {
    if (System.nanoTime() - connectedAt > STABLE.toNanos()) {
      backoff.reset();
    }
    try {
      while (!leaving.await(backoff.next().toNanos(), TimeUnit.NANOSECONDS)) {
        try {
          connect();
          LOG.info("Back in room '{}' as '{}'", place.roomId(), self.id());
          return;
        } catch (IOException e) {
          LOG.debug("Not back in room '{}' yet", place.roomId(), e);
        }
      }
    } catch (Refused e) {
      end(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end("Interrupted.");
    }
  }

  private void end(String reason) {
    if (!closed.complete(reason)) {
      return;
    }
    leaving.countDown();
    Connection open = connection;
    if (open != null) {
      open.close();
    }
    deliveries.close();
  }

  private synchronized PeerInfo describe(Map<String, Object> properties) {
    self =
        new PeerInfo(self.id(), self.role(), self.tags(), Json.copy(self.properties(), properties));
    return self;
  }

  private CompletableFuture<ObjectNode> ask(ObjectNode question) {
    return connection.isOpen() ? connection.ask(question, gear.pace()) : away();
  }

  private CompletableFuture<Void> post(ObjectNode message) {
    if (!connection.isOpen()) {
      return away();
    }
    return connection
        .send(message)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    new SignalingException(
                        "Cannot send to the signalling server at "
                            + place.server().webSocket()
                            + ".",
                        failure)));
  }

  private <T> CompletableFuture<T> away() {
    return CompletableFuture.failedFuture(
        new SignalingException(
            "The signalling server at "
                + place.server().webSocket()
                + " cannot be reached now."
                + (closed.isDone() ? "" : " It is tried again.")));
  }

  private CompletableFuture<Void> absent(String peer) {
    return CompletableFuture.failedFuture(
        new SignalingException(
            SignalingException.Code.PEER_GONE,
            "No peer '"
                + Json.shown(peer)
                + "' is in room '"
                + place.roomId()
                + "' now. Is its worker running?",
            null));
  }

  private static boolean isHere(String peer, List<PeerInfo> peers) {
    return peers.stream().anyMatch(present -> present.id().equals(peer));
  }
}
