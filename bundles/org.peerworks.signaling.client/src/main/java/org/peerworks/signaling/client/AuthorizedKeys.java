package org.peerworks.signaling.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.peerworks.signaling.api.SignalingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server which keys may use a room's workers: {@code GET /api/rooms/<id>/authorized-keys}
 * with the worker's key (sleap-rtc wire format §1.10). Blocks.
 */
final class AuthorizedKeys {

  private static final Logger LOG = LoggerFactory.getLogger(AuthorizedKeys.class);
  private static final int MAX_ANSWER = 4 << 20;
  private static final int MOST_KEYS = 10_000;
  private static final int KEY_BYTES = 32;

  private AuthorizedKeys() {}

  /**
   * @throws SignalingException if the server does not say
   */
  static List<byte[]> fetch(HttpClient http, Pace pace, Place place, Pass.Key key) {
    URI server = place.server().http();
    URI call =
        URI.create(
            server.toString().replaceAll("/+$", "")
                + "/api/rooms/"
                + URLEncoder.encode(place.roomId(), StandardCharsets.UTF_8)
                + "/authorized-keys");
    HttpRequest request =
        HttpRequest.newBuilder(call)
            .timeout(pace.open())
            .header("Authorization", "Bearer " + key.key().key())
            .GET()
            .build();
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      String body;
      try (InputStream stream = response.body()) {
        body = new String(stream.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8);
      }
      Optional<ObjectNode> answer = Json.object(body);
      if (response.statusCode() != 200
          || answer.isEmpty()
          || !answer.get().path("authorized_keys").isArray()) {
        throw new SignalingException(
            "The signalling server at "
                + server
                + " does not say which keys may use room '"
                + place.roomId()
                + "' (HTTP "
                + response.statusCode()
                + ").");
      }
      return keys(answer.get().path("authorized_keys"));
    } catch (IOException e) {
      throw new SignalingException(
          "The signalling server at " + server + " cannot be asked for the room's keys.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SignalingException("Interrupted.", e);
    }
  }

  private static List<byte[]> keys(JsonNode list) {
    List<byte[]> keys = new ArrayList<>();
    for (JsonNode entry : list) {
      byte[] key = decode(entry.path("public_key").asText(""));
      if (key.length == KEY_BYTES && keys.size() < MOST_KEYS) {
        keys.add(key);
      } else {
        LOG.warn("Left out a key of the room that is none");
      }
    }
    return keys;
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getUrlDecoder().decode(text.replaceAll("=+$", ""));
    } catch (IllegalArgumentException e) {
      LOG.debug("A key of the room is no base64url text", e);
      return new byte[0];
    }
  }
}
