package org.peerworks.transport.webrtc;

import dev.onvoid.webrtc.RTCDataChannel;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels of one connection. On the link's loop, but for {@link #bytesWaiting}. */
final class ChannelSet {

  private static final Logger LOG = LoggerFactory.getLogger(ChannelSet.class);

  private static final long FLUSH_MILLIS = 1_000;
  private static final long GOODBYE_MILLIS = 500;

  private final Link link;
  private final List<WebRtcChannel> channels = new CopyOnWriteArrayList<>();
  private boolean warned;
  private final ByteBuffer staging;

  ChannelSet(Link link) {
    this.link = link;
    this.staging = link.staging().take();
  }

  /** A native channel that is not used yet. */
  NativeChannel of(RTCDataChannel data) {
    return new RtcChannel(data, staging);
  }

  /** Starts to use a native channel. */
  WebRtcChannel add(NativeChannel data, String label) {
    WebRtcChannel channel = new WebRtcChannel(link, data, label);
    channels.add(channel);
    channel.start();
    return channel;
  }

  /** A channel has no native part any more. */
  void remove(WebRtcChannel channel) {
    channels.remove(channel);
  }

  /**
   * Why a channel of the other side is not taken; empty if it is. Warns once, since the other side
   * may try for ever.
   */
  Optional<String> refusal(String label) {
    Optional<String> refusal = Optional.empty();
    if (channels.size() >= link.settings().maxChannels()) {
      refusal = Optional.of(tooMany());
    } else if (label.length() > WebRtcPeer.MAX_LABEL) {
      refusal =
          Optional.of("A channel's label has more than " + WebRtcPeer.MAX_LABEL + " characters.");
    }
    if (refusal.isPresent() && !warned) {
      warned = true;
      LOG.warn("A channel that '{}' opened is closed: {}", link.peer(), refusal.get());
    }
    return refusal;
  }

  String tooMany() {
    return "This connection has "
        + channels.size()
        + " channels, which is all that one may ('maxChannels' in"
        + " 'org.peerworks.transport.webrtc.cfg').";
  }

  int size() {
    return channels.size();
  }

  /** Any thread. */
  long bytesWaiting() {
    return channels.stream().mapToLong(WebRtcChannel::bytesWaiting).sum();
  }

  /** Sends what can be sent; answers whether something still waits. */
  boolean pump() {
    boolean waiting = false;
    for (WebRtcChannel channel : channels) {
      waiting |= channel.pump();
    }
    return waiting;
  }

  /**
   * Ends all channels, and frees what is native of them, even where one of them fails.
   *
   * @param reachable whether the other side can still be told
   */
  void end(String reason, boolean reachable) {
    if (reachable) {
      await(() -> channels.stream().noneMatch(WebRtcChannel::draining), FLUSH_MILLIS);
    }
    channels.forEach(channel -> PeerLoop.guarded(() -> channel.connectionGone(reason)));
    if (reachable) {
      PeerLoop.guarded(
          () ->
              await(
                  () -> channels.stream().allMatch(WebRtcChannel::nativelyClosed), GOODBYE_MILLIS));
    }
    channels.forEach(channel -> PeerLoop.guarded(channel::dispose));
    link.staging().give(staging);
  }

  private static void await(BooleanSupplier condition, long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }
}
