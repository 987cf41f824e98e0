package org.peerworks.transport.webrtc;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCDataChannelState;
import java.nio.ByteBuffer;

/** A data channel of webrtc-java. */
final class RtcChannel implements NativeChannel {

  private final RTCDataChannel data;
  private final ByteBuffer staging;

  /**
   * @param staging direct memory for the largest message
   */
  RtcChannel(RTCDataChannel data, ByteBuffer staging) {
    this.data = data;
    this.staging = staging;
  }

  @Override
  public void observe(RTCDataChannelObserver observer) {
    data.registerObserver(observer);
  }

  @Override
  public boolean open() {
    return data.getState() == RTCDataChannelState.OPEN;
  }

  @Override
  public boolean closed() {
    return data.getState() == RTCDataChannelState.CLOSED;
  }

  @Override
  public long buffered() {
    return data.getBufferedAmount();
  }

  @Override
  public void send(ByteBuffer content, boolean binary) throws Exception {
    // The native library ignores position and limit: it sends the whole of what it is given.
    ByteBuffer exact =
        content.isDirect()
            ? content.slice()
            : staging.slice(0, content.remaining()).put(content.duplicate()).flip();
    data.send(new RTCDataChannelBuffer(exact, binary));
  }

  @Override
  public void close() {
    data.close();
  }

  @Override
  public void dispose() {
    data.unregisterObserver();
    data.dispose();
  }
}
