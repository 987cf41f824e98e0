package org.peerworks.protocol.sleap.internal.auth;

import java.util.Optional;

/** How the clients of this worker authenticate now. Thread-safe. */
@FunctionalInterface
public interface Authentication {

  /** Everybody in the room may come in, as in upstream where nothing is configured. */
  Authentication NONE = () -> new Mode(false, Optional.empty());

  /**
   * @param required whether nobody comes in without a proof
   * @param verifier judges proofs; empty if this worker cannot judge any
   */
  record Mode(boolean required, Optional<Verifier> verifier) {}

  /** What holds for a channel that is opened now. */
  Mode now();

  /**
   * Whether the server's word for somebody is as good as a proof: where nothing is to be proven, or
   * where it is the server that says whose key counts. It cannot prove a secret for anybody.
   */
  default boolean trustsServer() {
    return !now().required();
  }
}
