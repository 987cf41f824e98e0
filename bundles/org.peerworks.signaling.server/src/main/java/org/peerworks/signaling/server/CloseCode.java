package org.peerworks.signaling.server;

/** Why the server closes a socket: RFC 6455 codes, and one of our own. */
final class CloseCode {

  static final int GOING_AWAY = 1001;
  static final int NOT_TEXT = 1003;
  static final int REFUSED = 1008;

  /** The same peer has come in again on another socket. */
  static final int REPLACED = 4001;

  private CloseCode() {}
}
