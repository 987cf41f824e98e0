package org.peerworks.signaling.server;

import java.time.Duration;

/**
 * The server's times.
 *
 * @param registerWithin how long a new socket may stay without a name
 * @param ping between two pings to each peer
 * @param silence after which a peer is taken for dead
 * @param roomLifetime how long a room without any worker is kept
 */
record Pace(Duration registerWithin, Duration ping, Duration silence, Duration roomLifetime) {

  static final Pace DEFAULT =
      new Pace(
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(90),
          Duration.ofDays(30));
}
