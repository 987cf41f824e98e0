package org.peerworks.worker;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.peerworks.signaling.api.Room;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Transport;

/** A transport in memory, over which peers come when the test says so. */
final class TestTransport implements Transport {

  volatile Room room;
  volatile String broken;
  volatile Error missing;
  volatile Map<String, Object> announcement = Map.of();
  private volatile Consumer<Peer> accepted;

  boolean accepts() {
    return accepted != null;
  }

  TestPeer comes(String id) {
    TestPeer peer = new TestPeer(id);
    comes(peer);
    return peer;
  }

  void comes(Peer peer) {
    accepted.accept(peer);
  }

  @Override
  public Map<String, Object> announcement() {
    return accepted == null ? Map.of() : announcement;
  }

  @Override
  public CompletionStage<Peer> connect(Room where, String peerId) {
    return CompletableFuture.failedFuture(new UnsupportedOperationException());
  }

  @Override
  public AutoCloseable accept(Room where, Consumer<Peer> listener) {
    if (broken != null) {
      throw new IllegalStateException(broken);
    }
    if (missing != null) {
      throw missing;
    }
    room = where;
    accepted = listener;
    return () -> accepted = null;
  }
}
