package org.peerworks.transport.webrtc;

import dev.onvoid.webrtc.RTCDataChannelObserver;
import java.nio.ByteBuffer;

/** What {@link WebRtcChannel} needs of the native library's channel. On the link's loop only. */
interface NativeChannel {

  void observe(RTCDataChannelObserver observer);

  boolean open();

  boolean closed();

  /** Bytes that were given to {@link #send} and have not left yet. */
  long buffered();

  /**
   * Sends one message, which is dropped without a word if the native queue has no room for it.
   *
   * @param content position to limit
   */
  void send(ByteBuffer content, boolean binary) throws Exception;

  /** Says goodbye to the other side; {@link #closed} turns true when it has answered. */
  void close();

  /** Frees what is native. Nothing may be called any more. */
  void dispose();
}
