package org.peerworks.cli.connect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.peerworks.protocol.api.Reconnector;
import org.peerworks.signaling.api.JoinRequest;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Proof;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.Signaling;
import org.peerworks.signaling.api.SignalingException;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.TransportException;

/**
 * The room and the peer that lead to a worker, and the way back to it: through the same room, which
 * is entered anew, as the same peer, if the signalling server was lost too. Thread-safe.
 */
final class WayBack implements Reconnector, AutoCloseable {

  /** Connects to a worker of a room. Blocks. */
  @FunctionalInterface
  interface Route {
    Peer take(Room room, PeerInfo worker) throws InterruptedException;
  }

  private final Signaling signaling;
  private final JoinRequest request;
  private final PeerInfo worker;
  private final Route route;
  private Room room;
  private Peer peer;
  private Proof proof;
  private String peerId;
  private boolean closed;

  /**
   * @param request with which the room was entered
   * @param peer the connection that there is
   */
  WayBack(
      Signaling signaling,
      JoinRequest request,
      Room room,
      PeerInfo worker,
      Peer peer,
      Route route) {
    this.signaling = signaling;
    this.request = request;
    this.worker = worker;
    this.route = route;
    this.room = room;
    this.peer = peer;
    this.peerId = room.session().peerId();
    this.proof =
        request.proof() instanceof Proof.Anonymous
            ? new Proof.Anonymous(Optional.of(room.credential()))
            : request.proof();
  }

  @Override
  public CompletionStage<Peer> reconnect() {
    CompletableFuture<Peer> result = new CompletableFuture<>();
    Thread thread = new Thread(() -> reconnect(result), "peerworks-reconnect");
    thread.setDaemon(true);
    result.whenComplete(
        (connected, failure) -> {
          if (result.isCancelled()) {
            thread.interrupt();
          }
        });
    thread.start();
    return result;
  }

  private void reconnect(CompletableFuture<Peer> result) {
    try {
      current().close();
      Room inside = inside();
      Peer connected = keep(route.take(inside, presentIn(inside)));
      if (!result.complete(connected)) {
        connected.close();
      }
    } catch (SignalingException e) {
      result.completeExceptionally(judged(e));
    } catch (InterruptedException e) {
      result.completeExceptionally(new TransportException("It was given up.", e));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  /** The worker as it describes itself now: its transports may be others than before. */
  private PeerInfo presentIn(Room inside) throws InterruptedException {
    return Stages.await(inside.discover(Role.WORKER)).stream()
        .filter(other -> other.id().equals(worker.id()))
        .findFirst()
        .orElseThrow(
            () ->
                new TransportException(
                    "Worker '" + WorkerChoice.name(worker) + "' is not in its room now."));
  }

  private synchronized Peer current() {
    return peer;
  }

  private synchronized Peer keep(Peer connected) {
    peer = connected;
    if (closed) {
      connected.close();
    }
    return connected;
  }

  /** The room, entered anew if its server was lost. */
  private Room inside() throws InterruptedException {
    JoinRequest again;
    synchronized (this) {
      if (room.connected()) {
        return room;
      }
      room.close();
      again =
          new JoinRequest(
              request.server(),
              Optional.of(room.session().roomId()).filter(id -> !id.isEmpty()),
              request.token(),
              new PeerInfo(peerId, Role.CLIENT, List.of(), Map.of()),
              proof,
              false);
    }
    Room entered = Stages.await(signaling.join(again));
    synchronized (this) {
      room = entered;
      if (closed) {
        entered.close();
      }
      return entered;
    }
  }

  /** Whether another try may go well. */
  private synchronized RuntimeException judged(SignalingException failure) {
    switch (failure.code()) {
      case ROOM_GONE, ACCESS_DENIED -> {
        return failure;
      }
      case IDENTITY_UNKNOWN, ID_TAKEN -> {
        // Then as somebody new: the worker knows us by what we prove to it, not by this.
        peerId = "";
        proof = request.proof() instanceof Proof.Anonymous ? Proof.ANONYMOUS : proof;
      }
      default -> room.close();
    }
    return new TransportException(failure.getMessage(), failure);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      peer.close();
      room.close();
    }
  }
}
