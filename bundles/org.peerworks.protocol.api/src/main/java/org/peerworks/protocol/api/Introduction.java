package org.peerworks.protocol.api;

import java.util.Objects;
import java.util.Optional;
import org.peerworks.signaling.api.PeerInfo;

/**
 * What a client knows of a worker before it speaks with it, and what it can prove to it.
 *
 * @param worker as its room describes it; nothing of that is proven
 * @param dialect which form of the protocol to speak, by a name of the protocol's own; blank to
 *     find out
 * @param roomSecret what the members of the room share, base64url; a secret
 * @param key Ed25519 private key, 32 raw bytes in base64url; a secret
 */
public record Introduction(
    PeerInfo worker, String dialect, Optional<String> roomSecret, Optional<String> key) {

  public Introduction {
    Objects.requireNonNull(worker, "worker");
    Objects.requireNonNull(dialect, "dialect");
    Objects.requireNonNull(roomSecret, "roomSecret");
    Objects.requireNonNull(key, "key");
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Introduction[worker=" + worker.id() + ", dialect=" + dialect + "]";
  }
}
