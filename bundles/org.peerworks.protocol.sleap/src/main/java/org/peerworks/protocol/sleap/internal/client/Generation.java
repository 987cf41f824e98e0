package org.peerworks.protocol.sleap.internal.client;

import java.util.Locale;
import org.peerworks.signaling.api.PeerInfo;

/** Which of sleap-rtc's three protocols a worker speaks (sleap-rtc wire format §0). */
enum Generation {
  /** October 2025: packages only; a text that it does not know stops it for good. */
  G1,
  /** November and December 2025: also packages that lie in the worker's input directory. */
  G2,
  /** January 2026 and later: also structured jobs, uploads, and files by their path. */
  G3;

  /**
   * What a worker's description says: the first workers have none, and only those of the third
   * generation choose an id of their own (§1.2).
   */
  static Generation of(PeerInfo worker) {
    if (worker.properties().isEmpty() && worker.tags().isEmpty()) {
      return G1;
    }
    return worker.id().startsWith("worker-") ? G3 : G2;
  }

  /**
   * @param name {@code g1}, {@code g2} or {@code g3}
   * @throws IllegalArgumentException if there is no such generation
   */
  static Generation named(String name) {
    for (Generation generation : values()) {
      if (generation.label().equals(name.toLowerCase(Locale.ROOT))) {
        return generation;
      }
    }
    throw new IllegalArgumentException(
        "The generations of sleap-rtc are g1, g2 and g3, but '" + name + "' was asked for.");
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
