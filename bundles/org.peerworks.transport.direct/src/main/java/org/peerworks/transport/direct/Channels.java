package org.peerworks.transport.direct;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels of one connection, by their numbers. Thread-safe. */
final class Channels {

  private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

  private final Link link;
  private final int most;
  private final Map<Integer, DirectChannel> channels = new ConcurrentHashMap<>();

  /** Numbers of this side and the other are odd and even, or even and odd. */
  private int lastOwn;

  private int lastOther;
  private boolean warned;

  /**
   * @param connected whether this side has connected to the other
   */
  Channels(Link link, int most, boolean connected) {
    this.link = link;
    this.most = most;
    this.lastOwn = connected ? -1 : 0;
    this.lastOther = connected ? 0 : -1;
  }

  /**
   * A channel of this side.
   *
   * @throws org.peerworks.transport.api.TransportException if there is no room for it
   */
  synchronized DirectChannel openOwn(String label) {
    if (channels.size() >= most) {
      throw Failures.of(tooMany());
    }
    int window = link.windows().take();
    if (window == 0) {
      throw Failures.of("What was received on this connection waits to be taken; no room is left.");
    }
    lastOwn += 2;
    return add(new DirectChannel(link, lastOwn, label, window));
  }

  /**
   * A channel of the other side.
   *
   * @return {@code null} if it is refused
   * @throws FrameException if it may not have this number
   */
  synchronized DirectChannel openOther(int id, Frames.Opening opening) throws FrameException {
    if (id <= lastOther || (id - lastOther) % 2 != 0) {
      throw new FrameException(
          "opened a channel with the number " + id + ", which is not its turn");
    }
    lastOther = id;
    int window = refusal(opening).isEmpty() ? link.windows().take() : 0;
    if (window == 0) {
      refuse(id, refusal(opening));
      return null;
    }
    DirectChannel channel = add(new DirectChannel(link, id, opening.label(), window));
    channel.outbox().grant(opening.granted());
    return channel;
  }

  private String refusal(Frames.Opening opening) {
    if (channels.size() >= most) {
      return tooMany();
    }
    return opening.label().length() > DirectPeer.MAX_LABEL
        ? "A channel's label has more than " + DirectPeer.MAX_LABEL + " characters."
        : "";
  }

  private void refuse(int id, String refusal) {
    String reason = refusal.isEmpty() ? "What was received waits to be taken." : refusal;
    if (!warned) { // the other side may try for ever
      warned = true;
      LOG.warn("A channel that '{}' opened is closed: {}", link.peer(), reason);
    }
    link.sender().control(Frames.reason(Frames.CLOSE, id, reason));
  }

  private String tooMany() {
    return "This connection has "
        + channels.size()
        + " channels, which is all that one may ('maxChannels' in"
        + " 'org.peerworks.transport.direct.cfg').";
  }

  private DirectChannel add(DirectChannel channel) {
    channels.put(channel.id(), channel);
    return channel;
  }

  /**
   * @return {@code null} if it is closed
   * @throws FrameException if there was never one of this number
   */
  DirectChannel get(int id) throws FrameException {
    DirectChannel channel = channels.get(id);
    if (channel == null && !wasThere(id)) {
      throw new FrameException("used channel " + id + ", which was never opened");
    }
    return channel;
  }

  private synchronized boolean wasThere(int id) {
    int last = (id - lastOwn) % 2 == 0 ? lastOwn : lastOther;
    return id > 0 && id <= last;
  }

  void remove(DirectChannel channel) {
    channels.remove(channel.id(), channel);
  }

  int size() {
    return channels.size();
  }

  List<DirectChannel> all() {
    return List.copyOf(channels.values());
  }

  long bytesWaiting() {
    return channels.values().stream().mapToLong(channel -> channel.outbox().bytes()).sum();
  }
}
