package org.peerworks.transport.direct;

import java.io.IOException;

/** What the other side did against the rules of the connection; "it" comes before the message. */
final class FrameException extends IOException {

  private static final long serialVersionUID = 1L;

  FrameException(String message) {
    super(message);
  }
}
