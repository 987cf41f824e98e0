package org.peerworks.itests.interop;

/** What happens between a client and a worker. */
enum Deed {
  TRAIN,
  TRACK,
  CANCEL,
  FAILURE,
  /** One side vanishes in the middle of an upload. */
  DISCONNECT
}
