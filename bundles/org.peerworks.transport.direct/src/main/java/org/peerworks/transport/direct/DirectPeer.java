package org.peerworks.transport.direct;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.peerworks.signaling.api.Room;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelBinding;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Traffic;

/** A peer, as its callers see it. */
final class DirectPeer implements Peer {

  static final int MAX_LABEL = 64;

  private static final int MAX_WAITING = 16;

  /** Channels that were handed over, and whose receiver has not been called yet. */
  private static final int MAX_DELIVERED = 1_000;

  private final String place;
  private final Link link;
  private final Lane lane;
  private final ChannelBinding binding;
  private final Instant connectedAt = Instant.now();
  private final Queue<Channel> waiting = new ArrayDeque<>();
  private Consumer<Channel> receiver;
  private int delivered;

  DirectPeer(Room room, Link link, ChannelBinding binding) {
    this.place = Places.of(room, link.peer());
    this.link = link;
    this.lane = new Lane(link.pool());
    this.binding = binding;
  }

  Link link() {
    return link;
  }

  @Override
  public String id() {
    return link.peer();
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public String transport() {
    return DirectTransport.TRANSPORT;
  }

  @Override
  public Instant connectedAt() {
    return connectedAt;
  }

  @Override
  public ChannelBinding binding() {
    return binding;
  }

  @Override
  public Traffic traffic() {
    return link.traffic();
  }

  @Override
  public CompletionStage<Channel> open(String label, ChannelOptions options) {
    if (label.length() > MAX_LABEL) {
      throw new IllegalArgumentException(
          "The label of a channel has at most " + MAX_LABEL + " characters: '" + label + "'.");
    }
    if (options.protocol().getBytes(StandardCharsets.UTF_8).length > 1024) {
      throw new IllegalArgumentException("The sub-protocol's name has more than 1024 bytes.");
    }
    CompletableFuture<Channel> result = new CompletableFuture<>();
    link.open(label, options)
        .whenCompleteAsync(
            (channel, failure) -> {
              if (failure == null) {
                result.complete(channel);
              } else {
                result.completeExceptionally(
                    Failures.of("Channel '" + label + "' could not be opened", failure));
              }
            },
            link.pool());
    return result.minimalCompletionStage();
  }

  @Override
  public void onChannel(Consumer<Channel> opened) {
    synchronized (waiting) {
      receiver = opened;
      for (Channel channel = waiting.poll(); channel != null; channel = waiting.poll()) {
        deliver(channel);
      }
    }
  }

  /** The other side has opened a channel. */
  void arrived(DirectChannel channel) {
    synchronized (waiting) {
      if (receiver != null && delivered < MAX_DELIVERED) {
        deliver(channel);
      } else if (receiver == null && waiting.size() < MAX_WAITING) {
        waiting.add(channel);
      } else {
        channel.close();
      }
    }
  }

  private void deliver(Channel channel) {
    Consumer<Channel> target = receiver;
    delivered++;
    lane.execute(
        () -> {
          synchronized (waiting) {
            delivered--;
          }
          target.accept(channel);
        });
  }

  @Override
  public CompletionStage<String> closed() {
    return link.closed();
  }

  @Override
  public void close() {
    link.close("This side closed the connection.");
  }

  @Override
  public String toString() {
    return "DirectPeer[" + id() + "]";
  }
}
