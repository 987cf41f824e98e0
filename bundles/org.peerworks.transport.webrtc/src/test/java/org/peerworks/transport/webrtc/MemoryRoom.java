package org.peerworks.transport.webrtc;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.peerworks.signaling.api.IceServer;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.signaling.api.SessionString;
import org.peerworks.signaling.api.Signal;

/** A room in memory: signals reach the other members on one thread each. */
class MemoryRoom implements Room {

  private final Map<String, MemoryRoom> members;
  private final String id;
  private final List<Consumer<Signal>> listeners = new CopyOnWriteArrayList<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          body -> {
            Thread made = new Thread(body, "room-of-test");
            made.setDaemon(true);
            return made;
          });
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile UnaryOperator<Signal> outgoing = UnaryOperator.identity();

  MemoryRoom(Map<String, MemoryRoom> members, String id) {
    this.members = members;
    this.id = id;
    members.put(id, this);
  }

  /** Changes what this member sends; {@code null} is not sent. */
  void alter(UnaryOperator<Signal> change) {
    outgoing = change;
  }

  /** How often it was asked who is here. */
  int asked() {
    return asked.get();
  }

  int listening() {
    return listeners.size();
  }

  @Override
  public SessionString session() {
    return new SessionString("room", "token", id);
  }

  @Override
  public ServerAddress server() {
    return ServerAddress.LOCAL;
  }

  @Override
  public String credential() {
    return "credential";
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
    asked.incrementAndGet();
    return CompletableFuture.completedStage(
        members.keySet().stream()
            .filter(member -> !member.equals(id))
            .map(member -> new PeerInfo(member, Role.PEER, List.of(), Map.of()))
            .toList());
  }

  @Override
  public CompletionStage<Void> updateProperties(Map<String, Object> properties) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> send(Signal signal) {
    Signal altered = outgoing.apply(signal);
    MemoryRoom target = members.get(signal.peer());
    if (altered != null && target != null) {
      target.receive(from(altered));
    }
    return CompletableFuture.completedStage(null);
  }

  /** A signal from another member. */
  void receive(Signal signal) {
    thread.execute(() -> listeners.forEach(l -> l.accept(signal)));
  }

  private Signal from(Signal signal) {
    if (signal instanceof Signal.Offer offer) {
      return new Signal.Offer(id, offer.sdp());
    } else if (signal instanceof Signal.Answer answer) {
      return new Signal.Answer(id, answer.sdp());
    } else if (signal instanceof Signal.Candidate c) {
      return new Signal.Candidate(id, c.candidate(), c.sdpMid(), c.sdpMLineIndex());
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
    members.remove(id);
    closed.complete("left");
    thread.shutdown();
  }
}
