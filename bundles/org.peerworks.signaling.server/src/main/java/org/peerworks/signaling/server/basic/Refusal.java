package org.peerworks.signaling.server.basic;

/** The server does not do what a peer asked for; the message is for that peer. */
public class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  public Refusal(String reason) {
    super(reason, null, false, false);
  }
}
