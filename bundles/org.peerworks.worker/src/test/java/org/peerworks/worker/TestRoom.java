package org.peerworks.worker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.peerworks.signaling.api.IceServer;
import org.peerworks.signaling.api.JoinRequest;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.signaling.api.SessionString;
import org.peerworks.signaling.api.Signal;

/** A room in memory. */
final class TestRoom implements Room {

  final Map<String, Object> properties = new ConcurrentHashMap<>();
  final CompletableFuture<String> closed = new CompletableFuture<>();
  private final ServerAddress server;
  private final SessionString session;
  private final String credential;

  TestRoom(JoinRequest request, SessionString session, String credential) {
    this.server = request.server();
    this.session = session;
    this.credential = credential;
    properties.putAll(request.self().properties());
  }

  @Override
  public SessionString session() {
    return session;
  }

  @Override
  public ServerAddress server() {
    return server;
  }

  @Override
  public String credential() {
    return credential;
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
    return CompletableFuture.completedFuture(List.of());
  }

  @Override
  public CompletionStage<Void> updateProperties(Map<String, Object> changes) {
    properties.putAll(changes);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> send(Signal signal) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public AutoCloseable listen(Consumer<Signal> listener) {
    return () -> {};
  }

  @Override
  public CompletionStage<String> closed() {
    return closed;
  }

  @Override
  public void close() {
    closed.complete("left");
  }
}
