package org.peerworks.signaling.client;

import java.io.IOException;
import java.net.URI;
import org.peerworks.signaling.api.SignalingException.Code;

/** What goes wrong, in words for people. */
final class Problems {

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
   * @param anonymous whether the refusal had no type, which is how a bad sign-in is refused
   * @return {@link Refused}, or {@link IOException} if a later try may succeed
   */
  static Exception registration(String reason, boolean anonymous, Place place) {
    URI server = place.server().webSocket();
    if (anonymous) {
      return new Refused(
          Code.IDENTITY_UNKNOWN,
          "The signalling server at "
              + server
              + " does not know this peer's stored identity. Remove the stored identity to sign in"
              + " as somebody new.");
    }
    return switch (reason) {
      case "Invalid token" ->
          new Refused(
              "The token does not open room '"
                  + place.roomId()
                  + "'. Copy the session string, or the room's token, once more.");
      case "Room not found", "Room expired" ->
          new Refused(
              Code.ROOM_GONE,
              "The signalling server at "
                  + server
                  + " has no room '"
                  + place.roomId()
                  + "', or not any more. Check the room, or let the worker make a new one.");
      default ->
          reason.startsWith("Too many")
              ? new IOException("The signalling server at " + server + " says: " + reason)
              : new Refused("The signalling server at " + server + " refused: " + reason);
    };
  }
}
