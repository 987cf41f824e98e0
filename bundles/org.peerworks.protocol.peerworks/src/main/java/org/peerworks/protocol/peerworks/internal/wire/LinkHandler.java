package org.peerworks.protocol.peerworks.internal.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;

/** Receives what a peer sends. A {@link WireException} or {@link FieldException} ends the link. */
public interface LinkHandler {

  void onMessage(String type, ObjectNode message);

  /**
   * @param frame a whole binary message, owned by the handler
   */
  void onFrame(ByteBuffer frame);

  /** The last call; may come from any thread, also during another call. */
  void onClosed(String reason);
}
