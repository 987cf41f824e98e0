package org.peerworks.itests.fuzz;

import java.nio.charset.StandardCharsets;
import org.peerworks.protocol.sleap.internal.wire.ClientMessages;
import org.peerworks.protocol.sleap.internal.wire.WireException;
import org.peerworks.protocol.sleap.internal.wire.WorkerMessages;

/** Messages of sleap-rtc, of clients and of workers. */
public final class SleapTarget {

  private SleapTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      ClientMessages.read(text);
    } catch (WireException refused) {
      // As it should be.
    }
    try {
      WorkerMessages.read(text);
    } catch (WireException refused) {
      // As it should be.
    }
  }
}
