package org.peerworks.signaling.server;

/** The server does not do what a peer asked for; the message is for that peer. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  Refusal(String reason) {
    super(reason, null, false, false);
  }
}
