package org.peerworks.cli.account;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.peerworks.cli.CommandFailure;

/**
 * Calls of the signalling server (sleap-rtc HTTP API). Answers are bounded in size and time;
 * redirects are not followed, so that nobody else sees what proves the user.
 */
final class ServerCalls {

  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_DEPTH = 32;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
              .build());

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  private final URI base;
  private final Optional<String> bearer;
  private final Duration patience;

  /**
   * @param base address of the server
   * @param bearer what proves the user; a secret
   * @param patience longest time of a call
   */
  ServerCalls(URI base, Optional<String> bearer, Duration patience) {
    this.base = base;
    this.bearer = bearer;
    this.patience = patience;
  }

  URI base() {
    return base;
  }

  /**
   * Calls, and takes nothing but success.
   *
   * @throws CommandFailure with the server's reason
   */
  JsonNode get(String path, String... query) throws InterruptedException {
    return successful(call("GET", path + query(query), Map.of()));
  }

  JsonNode post(String path, Map<String, ?> body) throws InterruptedException {
    return successful(call("POST", path, body));
  }

  JsonNode delete(String path, String... query) throws InterruptedException {
    return successful(call("DELETE", path + query(query), Map.of()));
  }

  /**
   * Calls.
   *
   * @param path with its query
   * @throws CommandFailure if there is no answer that a signalling server would give
   */
  Answer call(String method, String path, Map<String, ?> body) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(base.getPath().replaceAll("/+$", "") + path))
            .timeout(patience)
            .header("Accept", "application/json");
    bearer.ifPresent(proof -> request.header("Authorization", "Bearer " + proof));
    if (method.equals("POST")) {
      request.header("Content-Type", "application/json");
      request.POST(BodyPublishers.ofString(json(body)));
    } else {
      request.method(method, BodyPublishers.noBody());
    }
    HttpResponse<byte[]> response = send(request.build());
    int status = response.statusCode();
    if (status / 100 == 3) {
      throw CommandFailure.noConnection(
          at()
              + " sends elsewhere: to "
              + elsewhere(response)
              + ". If you trust that server, give it with --server-http.");
    }
    return new Answer(status, parsed(response));
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> response =
        http.sendAsync(request, head -> new LimitedBody(MOST_BYTES));
    try {
      return response.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw CommandFailure.noConnection(
          at() + " did not answer within " + patience.toSeconds() + " s. Is the address right?", e);
    } catch (ExecutionException e) {
      throw CommandFailure.noConnection(explained(e.getCause()), e.getCause());
    } finally {
      response.cancel(true);
    }
  }

  private String explained(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() instanceof IOException deeper && root != deeper) {
      root = deeper;
    }
    if (cause instanceof HttpConnectTimeoutException || cause instanceof ConnectException) {
      return "There is no signalling server at "
          + base
          + ". Start one with 'peerworks signal', or say where it is: --server,"
          + " SLEAP_RTC_SIGNALING_HTTP, 'config init'.";
    }
    String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return at() + " did not answer as it should: " + text + ".";
  }

  private JsonNode parsed(HttpResponse<byte[]> response) {
    byte[] body = response.body();
    if (body.length == 0) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      JsonNode json = MAPPER.readTree(body);
      if (json.isObject() || json.isArray()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw nonsense(response);
    } catch (IOException e) {
      throw new IllegalStateException("Bytes cannot be read.", e);
    }
    throw nonsense(response);
  }

  private CommandFailure nonsense(HttpResponse<byte[]> response) {
    return CommandFailure.noConnection(
        at()
            + " answered with HTTP "
            + response.statusCode()
            + " and no JSON ("
            + response.headers().firstValue("Content-Type").orElse("no type")
            + "). Is that the signalling server's address for calls? Give it with --server-http.");
  }

  private JsonNode successful(Answer answer) {
    if (answer.success()) {
      return answer.body();
    }
    if (answer.status() == 401) {
      throw CommandFailure.refused(
          "The signalling server does not know your sign-in: "
              + sentence(answer.problem())
              + " Sign in again with 'login'.",
          null);
    }
    if (answer.missing()) {
      throw CommandFailure.noConnection(
          at() + " does not know this call. Is it the right one, and does it have accounts?");
    }
    if (answer.status() / 100 == 5) {
      throw CommandFailure.noConnection(
          at() + " failed: " + sentence(answer.problem()) + " Try again later.");
    }
    throw CommandFailure.refused(
        "The signalling server refused: " + sentence(answer.problem()), null);
  }

  static String sentence(String text) {
    String bare = text.strip();
    return bare.matches("(?s).*[.!?]") ? bare : bare + ".";
  }

  private String at() {
    return "The signalling server at " + base;
  }

  /** The place of a redirect without what may be secret in it. */
  private static String elsewhere(HttpResponse<byte[]> response) {
    return response
        .headers()
        .firstValue("Location")
        .map(to -> to.replaceAll("[?#].*", ""))
        .orElse("nowhere");
  }

  private static String query(String... pairs) {
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      query.append(i == 0 ? '?' : '&').append(pairs[i]).append('=').append(segment(pairs[i + 1]));
    }
    return query.toString();
  }

  /** A text as one part of a path or query. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String json(Map<String, ?> body) {
    try {
      return MAPPER.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A call cannot be written as JSON.", e);
    }
  }
}
