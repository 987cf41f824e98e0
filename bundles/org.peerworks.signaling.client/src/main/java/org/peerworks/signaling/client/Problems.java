package org.peerworks.signaling.client;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.peerworks.signaling.api.SignalingException;
import org.peerworks.signaling.api.SignalingException.Code;

/** What goes wrong, in words for people. */
final class Problems {

  private static final String WRONG_TOKEN =
      "The token does not open room '%s'. Copy the session string, or the room's token, once more.";

  private static final String NEW_KEY =
      "Make a new one: 'peerworks token create' for a room, 'peerworks key create' for an account.";

  private Problems() {}

  static IOException unreachable(URI server, Throwable cause) {
    return new IOException(
        "Cannot reach the signalling server at "
            + server
            + ". Is it running? Start one with 'peerworks signal'.",
        cause);
  }

  static Refused notSignaling(URI server, String found) {
    return new Refused(
        "At " + server + " is no signalling server (" + found + "). Check the address.");
  }

  /**
   * @param untyped whether the refusal had no type, which is how a bad sign-in is refused
   * @return {@link Refused}, or {@link IOException} if a later try may succeed
   */
  static Exception registration(String reason, boolean untyped, Place place) {
    String at = "The signalling server at " + place.server().webSocket();
    if (untyped && place.pass() instanceof Pass.Anonymous) {
      return new Refused(
          Code.IDENTITY_UNKNOWN,
          at
              + " does not know this peer's stored identity. Remove the stored identity to sign in"
              + " as somebody new.",
          reason);
    }
    return switch (reason) {
      case "Invalid token" -> denied(WRONG_TOKEN.formatted(place.roomId()), reason);
      case "Room not found", "Room expired" ->
          new Refused(
              Code.ROOM_GONE,
              at
                  + " has no room '"
                  + place.roomId()
                  + "', or not any more. Check the room, or let the worker make a new one.",
              reason);
      case "Invalid API key" -> denied(at + " does not know this key. " + NEW_KEY, reason);
      case "Token revoked" -> denied("The key has been revoked at " + at(place) + NEW_KEY, reason);
      case "Token expired" -> denied("The key has expired at " + at(place) + NEW_KEY, reason);
      case "No access to this room" ->
          denied(
              "This account is no member of room '"
                  + place.roomId()
                  + "'. Ask the room's owner for an invite.",
              reason);
      default -> other(reason, at, place);
    };
  }

  private static Exception other(String reason, String at, Place place) {
    if (reason.startsWith("Too many")
        || reason.equals("DynamoDB error")
        || reason.equals("API key validation failed")) {
      return new IOException(at + " says: " + reason);
    }
    boolean ofLogin = reason.equals("JWT validation failed") || reason.startsWith("Invalid token:");
    if (ofLogin && place.pass() instanceof Pass.Login) {
      return denied(
          at + " does not take this login, or it is older than a week. Use 'peerworks login'.",
          reason);
    }
    if (reason.startsWith("No authentication provided")
        || reason.equals("Missing required fields during registration.")) {
      return denied(at + " does not take this kind of sign-in: " + reason, reason);
    }
    Code code = reason.contains("belongs to somebody else") ? Code.ID_TAKEN : Code.OTHER;
    return new Refused(code, at + " refused: " + reason, reason);
  }

  private static Refused denied(String message, String reason) {
    return new Refused(Code.ACCESS_DENIED, message, reason);
  }

  private static String at(Place place) {
    return place.server().webSocket() + ". ";
  }

  /** What the server refused later (sleap-rtc wire format, {@code code} and {@code message}). */
  static SignalingException later(String wireCode, String message) {
    Code code =
        switch (wireCode) {
          case "PEER_NOT_FOUND", "PEER_NOT_IN_ROOM", "DELIVERY_FAILED" -> Code.PEER_GONE;
          case "NOT_IN_ROOM", "ROOM_NOT_FOUND" -> Code.ROOM_GONE;
          default -> Code.OTHER;
        };
    String reason = wireCode.isEmpty() ? message : wireCode + ": " + message;
    return new SignalingException(
        code, "The signalling server refused: " + message, Optional.of(reason), null);
  }
}
