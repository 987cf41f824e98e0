package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.peerworks.signaling.server.basic.Json;

/**
 * An answer to an HTTP call.
 *
 * @param status HTTP status
 * @param type media type of the body
 * @param headers more headers
 * @param stream takes an answer that goes on, if it does
 */
record HttpReply(
    int status, String type, String body, Map<String, String> headers, Optional<Start> stream) {

  /** Begins an answer that goes on. */
  interface Start {

    /**
     * @throws HttpRefusal if that cannot be; then nothing was said yet
     */
    void begin(EventStream stream) throws HttpRefusal;
  }

  HttpReply(int status, String type, String body, Map<String, String> headers) {
    this(status, type, body, headers, Optional.empty());
  }

  static HttpReply stream(Start start) {
    return new HttpReply(200, "text/event-stream", "", Map.of(), Optional.of(start));
  }

  static HttpReply ok(ObjectNode body) {
    return json(200, body);
  }

  static HttpReply json(int status, ObjectNode body) {
    return new HttpReply(status, "application/json", body.toString(), Map.of());
  }

  /** Says it twice, as some programs read {@code detail} and some {@code error}. */
  static HttpReply error(int status, String detail) {
    return json(status, Json.object().put("detail", detail).put("error", detail));
  }
}
