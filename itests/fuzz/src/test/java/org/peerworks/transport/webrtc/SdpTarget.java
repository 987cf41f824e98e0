package org.peerworks.transport.webrtc;

import java.nio.charset.StandardCharsets;
import org.peerworks.transport.api.TransportException;

/** Session descriptions: what is handed on to the native library says the same read once more. */
public final class SdpTarget {

  private SdpTarget() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Sdp sdp;
    try {
      sdp = Sdp.received(new String(input, StandardCharsets.UTF_8));
    } catch (TransportException refused) {
      return;
    }
    Sdp again = Sdp.received(sdp.text());
    if (!again.mid().equals(sdp.mid())
        || !again.fingerprint().equals(sdp.fingerprint())
        || again.maxMessageSize() != sdp.maxMessageSize()
        || again.text().lines().count() != sdp.text().lines().count()) {
      throw new IllegalStateException("A description that was taken says otherwise once more.");
    }
  }
}
