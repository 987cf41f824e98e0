package org.peerworks.transport.webrtc;

import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelObserver;

/**
 * What the native library calls for one channel, on a thread of its own that has no context class
 * loader. Everything hops at once; a message is copied first, because its memory is freed when the
 * callback returns. The native library never lets go of this object, so it lets go of the channel.
 */
final class ChannelCallbacks implements RTCDataChannelObserver {

  private volatile WebRtcChannel channel;

  ChannelCallbacks(WebRtcChannel channel) {
    this.channel = channel;
  }

  void clear() {
    channel = null;
  }

  @Override
  public void onBufferedAmountChange(long previousAmount) {
    // Never called by webrtc-java 0.14.0; PeerLoop asks instead.
  }

  @Override
  public void onStateChange() {
    WebRtcChannel target = channel;
    if (target != null) {
      target.stateChanged();
    }
  }

  @Override
  public void onMessage(RTCDataChannelBuffer buffer) {
    WebRtcChannel target = channel;
    if (target != null) {
      byte[] content = new byte[buffer.data == null ? 0 : buffer.data.remaining()];
      if (content.length > 0) {
        buffer.data.get(content);
      }
      target.received(content, buffer.binary);
    }
  }
}
