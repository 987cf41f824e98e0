package org.peerworks.signaling.client;

import java.time.Duration;

/**
 * The client's times (sleap-rtc wire format).
 *
 * @param open longest time for a connection, an HTTP call, or an answer
 * @param ping between two signs of life
 * @param silence after which a connection is taken for dead
 * @param firstPause before coming back the first time; doubled each time
 * @param longestPause limit of the doubling
 */
record Pace(
    Duration open, Duration ping, Duration silence, Duration firstPause, Duration longestPause) {

  static final Pace DEFAULT =
      new Pace(
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(90),
          Duration.ofSeconds(1),
          Duration.ofSeconds(300));
}
