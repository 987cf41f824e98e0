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

/** One end of a connection in memory that carries what is sent: a peer with at most one channel. */
final class Wire implements Peer, Channel {

  private static final String[] PRINTS = {"sha-256 AA:BB:CC", "sha-256 11:22:33"};

  private final String id;
  private final int side;
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final CompletableFuture<ChannelListener> listener = new CompletableFuture<>();
  private CompletableFuture<?> inOrder = listener;
  private Wire other;
  private Consumer<Channel> opened;

  private Wire(String id, int side) {
    this.id = id;
    this.side = side;
  }

  /** The worker as the client sees it, whose other end a worker has to accept. */
  static Wire to(String client) {
    Wire worker = new Wire("worker", 0);
    worker.other = new Wire(client, 1);
    worker.other.other = worker;
    return worker;
  }

  /** The client as the worker sees it. */
  Wire other() {
    return other;
  }

  /** Opens the channel to the other side. */
  void open() {
    other.opened.accept(other);
  }

  private synchronized CompletionStage<Void> deliver(Consumer<ChannelListener> message) {
    CompletableFuture<Void> sent =
        inOrder.thenRunAsync(
            () -> {
              if (!closed.isDone()) {
                message.accept(listener.join());
              }
            });
    inOrder = sent;
    return sent;
  }

  @Override
  public CompletionStage<Void> send(ByteBuffer message) {
    ByteBuffer copy = ByteBuffer.allocate(message.remaining()).put(message).flip();
    return other.deliver(to -> to.onBinary(copy));
  }

  @Override
  public CompletionStage<Void> send(String message) {
    return other.deliver(to -> to.onText(message));
  }

  @Override
  public void receive(ChannelListener receiver) {
    listener.complete(receiver);
  }

  @Override
  public void close() {
    end();
    other.end();
  }

  private void end() {
    if (closed.complete("closed")) {
      listener.thenAcceptAsync(to -> to.onClosed("closed"));
    }
  }

  @Override
  public CompletionStage<String> closed() {
    return closed.copy();
  }

  boolean isClosed() {
    return closed.isDone();
  }

  @Override
  public void onChannel(Consumer<Channel> to) {
    opened = to;
  }

  @Override
  public CompletionStage<Channel> open(String label, ChannelOptions options) {
    return CompletableFuture.failedFuture(new UnsupportedOperationException());
  }

  @Override
  public String label() {
    return "peerworks";
  }

  @Override
  public int maxMessageSize() {
    return 64 << 10;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String transport() {
    return "memory";
  }

  @Override
  public String place() {
    return "memory/room/" + id;
  }

  @Override
  public Instant connectedAt() {
    return Instant.EPOCH;
  }

  @Override
  public ChannelBinding binding() {
    return new ChannelBinding(PRINTS[side], PRINTS[1 - side]);
  }

  @Override
  public Traffic traffic() {
    return new Traffic(0, 0, 0, 0, 0);
  }
}
