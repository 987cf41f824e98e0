package org.peerworks.cli.account;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the server answered.
 *
 * @param status of HTTP
 * @param body an object; an empty one where there was none
 */
record Answer(int status, JsonNode body) {

  /** Whether the server has no such call at all, rather than no such thing. */
  boolean missing() {
    return status == 404 && problem().equals("Not Found") || status == 405;
  }

  boolean success() {
    return status / 100 == 2;
  }

  /**
   * What went wrong, in the server's words: {@code detail} of one kind of servers, {@code error} or
   * {@code message} of others.
   */
  String problem() {
    JsonNode detail = body.path("detail");
    if (detail.isArray() && detail.path(0).path("msg").isTextual()) {
      return detail.path(0).path("loc").path(1).asText("body")
          + ": "
          + detail.path(0).path("msg").textValue();
    }
    for (String field : new String[] {"detail", "error", "message", "reason"}) {
      JsonNode text = body.path(field);
      if (text.isTextual() && !text.textValue().isBlank()) {
        return text.textValue();
      }
      if (text.path("message").isTextual()) {
        return text.path("message").textValue();
      }
    }
    return "HTTP " + status;
  }
}
