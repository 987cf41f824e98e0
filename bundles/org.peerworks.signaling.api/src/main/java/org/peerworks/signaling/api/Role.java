package org.peerworks.signaling.api;

/** What a peer is in its room. */
public enum Role {
  WORKER,
  CLIENT,
  PEER
}
