package org.peerworks.signaling.api;

/** A message between two peers of a room. The server sees to it that the sender is who it says. */
public sealed interface Signal {

  /** The other peer: the sender of a received signal, the receiver of one to be sent. */
  String peer();

  /**
   * @param sdp session description of the offering side
   */
  record Offer(String peer, String sdp) implements Signal {}

  /**
   * @param sdp session description of the answering side
   */
  record Answer(String peer, String sdp) implements Signal {}

  /**
   * One ICE candidate more.
   *
   * @param candidate the candidate line; empty at the end of candidates
   * @param sdpMid media identification it belongs to
   * @param sdpMLineIndex media line it belongs to
   */
  record Candidate(String peer, String candidate, String sdpMid, int sdpMLineIndex)
      implements Signal {}

  /** The peer leaves. */
  record Quit(String peer) implements Signal {}

  /**
   * @param json the payload of a {@code peer_message}, any JSON value
   */
  record Message(String peer, String json) implements Signal {}
}
