package org.peerworks.protocol.sleap.internal.worker;

import java.nio.ByteBuffer;

/** What a channel is taken through, one after the other. Called by one thread at a time. */
interface Phase {

  void onText(String text);

  /**
   * @param piece anything but a sign of life
   */
  void onBinary(ByteBuffer piece);

  /** Called about once a second, on another thread. */
  void tick(long now);

  /** Whether something goes on that should not be ended for others' sake. */
  boolean isBusy();

  /** The client is gone. The last call; any thread. */
  void onGone();
}
