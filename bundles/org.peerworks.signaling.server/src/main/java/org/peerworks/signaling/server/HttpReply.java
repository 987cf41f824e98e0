package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An answer to an HTTP call; errors have a {@code detail}.
 *
 * @param status HTTP status
 */
record HttpReply(int status, ObjectNode body) {

  static HttpReply ok(ObjectNode body) {
    return new HttpReply(200, body);
  }

  static HttpReply error(int status, String detail) {
    return new HttpReply(status, Json.object().put("detail", detail));
  }
}
