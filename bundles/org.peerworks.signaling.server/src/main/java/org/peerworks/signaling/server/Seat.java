package org.peerworks.signaling.server;

import java.net.InetAddress;
import java.time.Instant;

/** A place for one socket, taken from the moment that it was promised; equal only to itself. */
final class Seat {

  private final InetAddress address;
  private final Instant since;

  Seat(InetAddress address, Instant since) {
    this.address = address;
    this.since = since;
  }

  InetAddress address() {
    return address;
  }

  Instant since() {
    return since;
  }
}
