package org.peerworks.transport.api;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Receives the messages of a channel, one call at a time, in order. Messages wait in memory while a
 * call lasts, up to a bound; beyond it the channel is closed. A protocol therefore grants its peer
 * only so much at once.
 */
@ConsumerType
public interface ChannelListener {

  void onText(String message);

  /**
   * @param message owned by the listener from now on
   */
  void onBinary(ByteBuffer message);

  /** The last call. */
  void onClosed(String reason);
}
