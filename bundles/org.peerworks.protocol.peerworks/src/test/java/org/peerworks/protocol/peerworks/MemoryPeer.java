package org.peerworks.protocol.peerworks;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelBinding;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Traffic;

/** A peer whose one channel is there already. */
record MemoryPeer(String id, String place, ChannelBinding binding, Channel channel)
    implements Peer {

  static final String CLIENT_PRINT = "sha-256 AA:BB:CC";
  static final String WORKER_PRINT = "sha-256 11:22:33";

  MemoryPeer(String id, ChannelBinding binding, Channel channel) {
    this(id, "memory/room/" + id, binding, channel);
  }

  /** The same, met in another room. */
  MemoryPeer in(String room) {
    return new MemoryPeer(id, "memory/" + room + "/" + id, binding, channel);
  }

  /** The worker as its client sees it. */
  static MemoryPeer worker(Channel channel) {
    return new MemoryPeer("worker-1", new ChannelBinding(CLIENT_PRINT, WORKER_PRINT), channel);
  }

  /** The client as its worker sees it. */
  static MemoryPeer client(Channel channel) {
    return new MemoryPeer("client-1", new ChannelBinding(WORKER_PRINT, CLIENT_PRINT), channel);
  }

  @Override
  public String transport() {
    return "memory";
  }

  @Override
  public Instant connectedAt() {
    return Instant.EPOCH;
  }

  @Override
  public Traffic traffic() {
    return new Traffic(0, 0, 0, 0, 0);
  }

  @Override
  public CompletionStage<Channel> open(String label, ChannelOptions options) {
    return CompletableFuture.completedFuture(channel);
  }

  @Override
  public void onChannel(Consumer<Channel> opened) {}

  @Override
  public CompletionStage<String> closed() {
    return channel.closed();
  }

  @Override
  public CompletionStage<Void> worn() {
    return channel instanceof MemoryChannel memory ? memory.worn() : new CompletableFuture<>();
  }

  @Override
  public void close() {
    channel.close();
  }
}
