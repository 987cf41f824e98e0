package org.peerworks.worker;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelBinding;
import org.peerworks.transport.api.ChannelListener;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Traffic;

/** A peer in memory, that opens channels when the test says so. */
final class TestPeer implements Peer {

  final CompletableFuture<String> closed = new CompletableFuture<>();
  private final String id;
  private Consumer<Channel> opened;

  TestPeer(String id) {
    this.id = id;
  }

  TestChannel opens(String label) {
    TestChannel channel = new TestChannel(label);
    opened.accept(channel);
    return channel;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String transport() {
    return "test";
  }

  @Override
  public String place() {
    return "test/room/" + id();
  }

  @Override
  public Instant connectedAt() {
    return Instant.EPOCH;
  }

  @Override
  public ChannelBinding binding() {
    return new ChannelBinding("", "");
  }

  @Override
  public Traffic traffic() {
    return new Traffic(1, 20, 3, 40, 5);
  }

  @Override
  public CompletionStage<Channel> open(String label, ChannelOptions options) {
    return CompletableFuture.failedFuture(new UnsupportedOperationException());
  }

  @Override
  public void onChannel(Consumer<Channel> listener) {
    opened = listener;
  }

  @Override
  public CompletionStage<String> closed() {
    return closed;
  }

  @Override
  public void close() {
    closed.complete("closed");
  }

  /** A channel that only knows whether it is open. */
  static final class TestChannel implements Channel {

    final CompletableFuture<String> closed = new CompletableFuture<>();
    private final String label;

    TestChannel(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }

    @Override
    public int maxMessageSize() {
      return 1024;
    }

    @Override
    public CompletionStage<Void> send(ByteBuffer message) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> send(String message) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void receive(ChannelListener listener) {}

    @Override
    public CompletionStage<String> closed() {
      return closed;
    }

    @Override
    public void close() {
      closed.complete("closed");
    }
  }
}
