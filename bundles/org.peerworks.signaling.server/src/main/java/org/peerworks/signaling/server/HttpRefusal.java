package org.peerworks.signaling.server;

import org.peerworks.signaling.server.basic.Refusal;

/** A refusal with an HTTP status of its own. */
final class HttpRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private final int status;

  HttpRefusal(int status, String reason) {
    super(reason);
    this.status = status;
  }

  int status() {
    return status;
  }
}
