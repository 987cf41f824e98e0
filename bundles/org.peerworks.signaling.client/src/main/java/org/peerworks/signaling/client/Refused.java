package org.peerworks.signaling.client;

/** The server does not want this peer, and trying again would not help. */
final class Refused extends Exception {

  private static final long serialVersionUID = 1L;

  Refused(String message) {
    super(message);
  }
}
