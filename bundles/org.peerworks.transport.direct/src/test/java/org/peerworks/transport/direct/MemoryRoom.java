package org.peerworks.transport.direct;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    return CompletableFuture.completedStage(List.of());
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
    return signal instanceof Signal.Message message
        ? new Signal.Message(id, message.json())
        : new Signal.Quit(id);
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
