package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a room stays.
 *
 * @param end when it ends, whoever is in it; empty if it has no such end
 * @param whileUsed whether it ends when it has been without a worker for long
 */
record Lease(Optional<Instant> end, boolean whileUsed) {

  static final int MOST_DAYS = 365;

  static final Lease WHILE_USED = new Lease(Optional.empty(), true);
  static final Lease FOREVER = new Lease(Optional.empty(), false);

  private static final String END = "expires_at";
  private static final String FOR_EVER = "never_expires";

  static Lease until(Instant end) {
    return new Lease(Optional.of(end), false);
  }

  boolean expired(Instant now, Instant lastWorker, Duration unused) {
    return end.map(now::isAfter).orElse(whileUsed && lastWorker.plus(unused).isBefore(now));
  }

  void addTo(ObjectNode json) {
    end.ifPresent(instant -> json.put(END, instant.toString()));
    if (end.isEmpty() && !whileUsed) {
      json.put(FOR_EVER, true);
    }
  }

  static Lease of(JsonNode json) {
    Optional<Lease> until =
        Optional.ofNullable(json.get(END)).map(end -> until(Instant.parse(end.asText())));
    return until.orElse(json.path(FOR_EVER).asBoolean() ? FOREVER : WHILE_USED);
  }
}
