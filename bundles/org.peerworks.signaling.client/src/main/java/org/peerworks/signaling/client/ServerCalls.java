package org.peerworks.signaling.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The HTTP calls of a signalling server (sleap-rtc wire format). Blocks; thread-safe. */
final class ServerCalls {

  private static final int MAX_ANSWER = 64 * 1024;
  private static final String SIGN_IN = "/anonymous-signin";
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final HttpClient http;
  private final Pace pace;

  ServerCalls(HttpClient http, Pace pace) {
    this.http = http;
    this.pace = pace;
  }

  Identity signIn(URI server) throws IOException, InterruptedException, Refused {
    ObjectNode answer = post(server, SIGN_IN, Optional.empty());
    return new Identity(required(answer, "username", server), required(answer, "id_token", server));
  }

  /** A new room and its token. */
  Created createRoom(URI server, Identity identity)
      throws IOException, InterruptedException, Refused {
    ObjectNode answer = post(server, "/create-room", Optional.of(identity.idToken()));
    return new Created(required(answer, "room_id", server), required(answer, "token", server));
  }

  /** The token is a secret. */
  record Created(String roomId, String token) {

    @Override
    public String toString() {
      return "Created[roomId=" + roomId + "]";
    }
  }

  private ObjectNode post(URI server, String call, Optional<String> idToken)
      throws IOException, InterruptedException, Refused {
    String base = server.toString().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + call))
            .timeout(pace.open())
            .POST(HttpRequest.BodyPublishers.noBody());
    idToken.ifPresent(token -> request.header("Authorization", "Bearer " + token));
    HttpResponse<InputStream> response;
    try {
      response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw Problems.unreachable(server, e);
    }
    String body;
    try (InputStream stream = response.body()) {
      body = new String(stream.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8);
    }
    Optional<ObjectNode> answer = Json.object(body);
    int status = response.statusCode();
    if (status == 200 && answer.isPresent()) {
      return answer.get();
    }
    if (status == NOT_FOUND && call.equals(SIGN_IN)) {
      throw new Refused(
          "The signalling server at "
              + server
              + " lets nobody in without an account. Give a worker token, an account key or a"
              + " login.");
    }
    String detail = answer.flatMap(ServerCalls::detail).orElse("HTTP " + status);
    if (status == TOO_MANY_REQUESTS || status >= SERVER_ERROR) {
      throw new IOException("The signalling server at " + server + " says: " + detail);
    }
    throw answer.isPresent()
        ? new Refused("The signalling server at " + server + " refused: " + detail)
        : Problems.notSignaling(server, detail);
  }

  /** Servers say {@code detail}, or {@code error}, or a list of details. */
  private static Optional<String> detail(ObjectNode answer) {
    for (String field : List.of("detail", "error")) {
      JsonNode value = answer.path(field);
      if (value.isTextual() || value.isContainerNode()) {
        return Optional.of(Json.shown(value.isTextual() ? value.textValue() : value.toString()));
      }
    }
    return Optional.empty();
  }

  private static String required(ObjectNode answer, String field, URI server) throws Refused {
    return Json.text(answer, field)
        .orElseThrow(() -> Problems.notSignaling(server, "an answer without '" + field + "'"));
  }
}
