package org.peerworks.signaling.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * Everything that a client needs to reach one worker, as one word: {@code sleap-session:} and
 * base64url of {@code {"r": room, "t": token, "p": peer}} (sleap-rtc's session string).
 *
 * @param roomId the worker's room
 * @param token lets peers into the room; a secret
 * @param peerId the worker
 */
public record SessionString(String roomId, String token, String peerId) {

  private static final String PREFIX = "sleap-session:";
  private static final int MAX_LENGTH = 4096;

  public SessionString {
    Objects.requireNonNull(roomId, "roomId");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(peerId, "peerId");
  }

  /** As Python's {@code json.dumps} and {@code base64.urlsafe_b64encode} write it, with padding. */
  public String encode() {
    String json =
        "{\"r\": "
            + SessionJson.quote(roomId)
            + ", \"t\": "
            + SessionJson.quote(token)
            + ", \"p\": "
            + SessionJson.quote(peerId)
            + "}";
    return PREFIX + Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Accepts any JSON spacing, any order of the three fields, and missing padding.
   *
   * @throws IllegalArgumentException if it is none; the message does not repeat the text, which may
   *     be a secret
   */
  public static SessionString decode(String text) {
    String trimmed = text.strip();
    if (!trimmed.startsWith(PREFIX) || trimmed.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "A session string starts with '" + PREFIX + "'; copy it whole from the worker's output.");
    }
    String body = trimmed.substring(PREFIX.length()).replace('+', '-').replace('/', '_');
    byte[] json;
    try {
      json = Base64.getUrlDecoder().decode(body.replaceAll("=+$", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The session string is damaged; copy it whole from the worker's output.", e);
    }
    return SessionJson.parse(new String(json, StandardCharsets.UTF_8));
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "SessionString[roomId=" + roomId + ", peerId=" + peerId + "]";
  }
}
