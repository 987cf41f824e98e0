package org.peerworks.protocol.sleap.internal.auth;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Judges the answers of clients to challenges (sleap-rtc wire format §2.5). Thread-safe. */
public interface Verifier {

  /**
   * @param nonce as it was sent
   * @param response as it came
   * @return the identity that the client has proved, which is blank if the proof shows only that it
   *     belongs here; empty if it has proved nothing. A failure counts as none.
   */
  CompletionStage<Optional<String>> verify(String nonce, String response);
}
