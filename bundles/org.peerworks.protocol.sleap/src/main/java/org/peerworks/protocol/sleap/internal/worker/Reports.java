package org.peerworks.protocol.sleap.internal.worker;

import java.util.Optional;
import org.peerworks.protocol.sleap.internal.wire.Json;
import org.peerworks.protocol.sleap.internal.wire.JsonFields;
import org.peerworks.protocol.sleap.internal.wire.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells reports of a trainer, which its clients know, from those of our own job types. */
final class Reports {

  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  private Reports() {}

  /** Whether clients of sleap-rtc understand it: a trainer made it, and it is JSON. */
  static boolean isOfTrainer(String json) {
    return own(json).isEmpty() && isJson(json);
  }

  /** The report of one of our job types; empty if it is a trainer's. */
  static Optional<JsonFields> own(String json) {
    try {
      JsonFields fields = new JsonFields("report", Json.readObject(json));
      return fields.text("what", 4096, "").equals("peerworks")
          ? Optional.of(fields)
          : Optional.empty();
    } catch (WireException e) {
      LOG.debug("A report cannot be read", e);
      return Optional.empty();
    }
  }

  private static boolean isJson(String json) {
    try {
      Json.readObject(json);
      return true;
    } catch (WireException e) {
      LOG.debug("A report is no JSON", e);
      return false;
    }
  }
}
