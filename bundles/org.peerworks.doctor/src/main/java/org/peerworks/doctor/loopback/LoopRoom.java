package org.peerworks.doctor.loopback;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.peerworks.signaling.api.IceServer;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.signaling.api.SessionString;
import org.peerworks.signaling.api.Signal;

/** One of two members of a room in memory; what one sends, the other receives. */
final class LoopRoom implements Room {

  private final String id;
  private final List<Consumer<Signal>> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final ExecutorService delivery;
  private LoopRoom other;

  private LoopRoom(String id) {
    this.id = id;
    this.delivery =
        Executors.newSingleThreadExecutor(
            body -> {
              Thread thread = new Thread(body, "doctor-room-" + id);
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Two members that see each other. */
  static List<LoopRoom> pair() {
    LoopRoom one = new LoopRoom("one");
    LoopRoom two = new LoopRoom("two");
    one.other = two;
    two.other = one;
    return List.of(one, two);
  }

  String id() {
    return id;
  }

  @Override
  public SessionString session() {
    return new SessionString("doctor", "none", id);
  }

  @Override
  public ServerAddress server() {
    return ServerAddress.LOCAL;
  }

  @Override
  public String credential() {
    return "";
  }

  @Override
  public boolean connected() {
    return !closed.isDone();
  }

  @Override
  public List<IceServer> iceServers() {
    return List.of();
  }

  @Override
  public CompletionStage<List<PeerInfo>> discover(Role role) {
    return CompletableFuture.completedStage(
        List.of(new PeerInfo(other.id, Role.PEER, List.of(), Map.of())));
  }

  @Override
  public CompletionStage<Void> updateProperties(Map<String, Object> properties) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> send(Signal signal) {
    if (connected() && other.connected()) {
      Signal received = from(signal);
      other.delivery.execute(() -> other.listeners.forEach(to -> to.accept(received)));
    }
    return CompletableFuture.completedStage(null);
  }

  private Signal from(Signal signal) {
    if (signal instanceof Signal.Offer offer) {
      return new Signal.Offer(id, offer.sdp());
    } else if (signal instanceof Signal.Answer answer) {
      return new Signal.Answer(id, answer.sdp());
    } else if (signal instanceof Signal.Candidate candidate) {
      return new Signal.Candidate(
          id, candidate.candidate(), candidate.sdpMid(), candidate.sdpMLineIndex());
    } else if (signal instanceof Signal.Message message) {
      return new Signal.Message(id, message.json());
    }
    return new Signal.Quit(id);
  }

  @Override
  public AutoCloseable listen(Consumer<Signal> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public CompletionStage<String> closed() {
    return closed;
  }

  @Override
  public void close() {
    closed.complete("left");
    delivery.shutdown();
  }
}
