package org.peerworks.transport.direct;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what {@link org.peerworks.signaling.api.Room#listen} began. */
final class Listening {

  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

  private Listening() {}

  static void end(AutoCloseable listening) {
    try {
      listening.close();
    } catch (Exception e) {
      LOG.warn("Listening to the room did not end", e);
    }
  }
}
