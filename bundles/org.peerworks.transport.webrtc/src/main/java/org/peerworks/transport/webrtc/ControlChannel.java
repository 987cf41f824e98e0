package org.peerworks.transport.webrtc;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCDataChannelState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channel that tells whether the association is up: it opens with it and closes with it. On the
 * link's loop.
 */
final class ControlChannel {

  private static final Logger LOG = LoggerFactory.getLogger(ControlChannel.class);

  private final Link link;
  private final Observer observer = new Observer(this);
  private RTCDataChannel data;
  private boolean opened;

  ControlChannel(Link link, RTCDataChannel data) {
    this.link = link;
    this.data = data;
    data.registerObserver(observer);
  }

  /** Whether the other side can be told something; not if the native library does not know. */
  boolean open() {
    try {
      return data != null && data.getState() == RTCDataChannelState.OPEN;
    } catch (RuntimeException | Error e) {
      LOG.error("Whether '{}' can still be reached is not known", link.peer(), e);
      return false;
    }
  }

  private void stateChanged() {
    if (data == null) {
      return;
    }
    RTCDataChannelState state = data.getState();
    if (state == RTCDataChannelState.OPEN && !opened) {
      opened = true;
      link.controlOpened();
    } else if (state == RTCDataChannelState.CLOSED) {
      link.end("'" + link.peer() + "' has closed the connection.");
    }
  }

  void dispose() {
    observer.channel = null;
    data.unregisterObserver();
    data.close();
    data.dispose();
    data = null;
  }

  /** Kept by the native library for ever, so it must be able to let go. */
  private static final class Observer implements RTCDataChannelObserver {

    private volatile ControlChannel channel;

    Observer(ControlChannel channel) {
      this.channel = channel;
    }

    @Override
    public void onBufferedAmountChange(long previousAmount) {
      // Nothing is sent.
    }

    @Override
    public void onStateChange() {
      ControlChannel target = channel;
      if (target != null) {
        target.link.execute(target::stateChanged);
      }
    }

    @Override
    public void onMessage(RTCDataChannelBuffer buffer) {
      ControlChannel target = channel;
      if (target != null) {
        target.link.received(0);
      }
    }
  }
}
