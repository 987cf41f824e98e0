package org.peerworks.itests.interop;

/** Whose program plays a part. */
enum Side {
  OURS,
  G1,
  G2,
  G3
}
