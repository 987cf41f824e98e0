package org.peerworks.itests.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.peerworks.protocol.peerworks.internal.model.SubmitJson;
import org.peerworks.protocol.peerworks.internal.wire.FieldException;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Frame;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.WireException;

/** Frames and submits of our own protocol. */
public final class PeerworksTarget {

  private PeerworksTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      Frame.read(ByteBuffer.wrap(input));
    } catch (WireException refused) {
      // As it should be.
    }
    try {
      SubmitJson.read(
          new Fields("'submit'", Json.read(new String(input, StandardCharsets.UTF_8))), 100);
    } catch (WireException | FieldException refused) {
      // As it should be.
    }
  }
}
