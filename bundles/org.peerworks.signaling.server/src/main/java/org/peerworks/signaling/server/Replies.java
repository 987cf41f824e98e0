package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.peerworks.signaling.server.basic.Json;

/**
 * The error messages of the sleap-rtc wire format: registrations fail with {@code reason}, later
 * messages with {@code code} and {@code message}.
 */
final class Replies {

  static final String NOT_IN_ROOM = "NOT_IN_ROOM";
  static final String INVALID_MESSAGE = "INVALID_MESSAGE";
  static final String INVALID_JSON = "INVALID_JSON";
  static final String PEER_NOT_FOUND = "PEER_NOT_FOUND";
  static final String UNKNOWN_MESSAGE_TYPE = "UNKNOWN_MESSAGE_TYPE";
  static final String RATE_LIMITED = "RATE_LIMITED";
  static final String ROOM_NOT_FOUND = "ROOM_NOT_FOUND";

  private Replies() {}

  static ObjectNode refused(String reason) {
    return typed("error").put("reason", reason);
  }

  /** The one refusal that has no type. */
  static ObjectNode badIdToken() {
    return Json.object().put("error", "Invalid token");
  }

  /**
   * @param request type of the message that failed, so that the sender knows which; may be empty
   */
  static ObjectNode error(String code, String message, String request) {
    ObjectNode error = typed("error").put("code", code).put("message", message);
    return request.isEmpty() ? error : error.put("request", request);
  }

  static ObjectNode typed(String type) {
    return Json.object().put("type", type);
  }
}
