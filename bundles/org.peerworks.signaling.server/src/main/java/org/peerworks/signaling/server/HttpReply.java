package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.peerworks.signaling.server.basic.Json;

/**
 * An answer to an HTTP call.
 *
 * @param status HTTP status
 * @param type media type of the body
 * @param headers more headers
 */
record HttpReply(int status, String type, String body, Map<String, String> headers) {

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
