package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;

/** Lifetimes in whole days, as callers give them. */
final class Days {

  private Days() {}

  static Instant from(JsonNode days, Instant now) throws HttpRefusal {
    if (!days.canConvertToExactIntegral()
        || !days.canConvertToInt()
        || days.intValue() < 1
        || days.intValue() > Lease.MOST_DAYS) {
      throw new HttpRefusal(
          422, "'expires_in_days' must be 1 to " + Lease.MOST_DAYS + " days, or null for never.");
    }
    return now.plus(Duration.ofDays(days.intValue()));
  }
}
