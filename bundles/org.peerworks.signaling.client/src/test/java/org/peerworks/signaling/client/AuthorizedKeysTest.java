package org.peerworks.signaling.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerworks.signaling.api.Proof;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.signaling.api.SignalingException;

final class AuthorizedKeysTest {

  private static final Pass.Key KEY = new Pass.Key(new Proof.ApiKey("slp_secretsecret"));

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile int status = 200;
  private volatile String answer = "{}";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private List<byte[]> fetch() {
    URI http = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    ServerAddress address = new ServerAddress(URI.create("ws://127.0.0.1:1"), http);
    return AuthorizedKeys.fetch(
        HttpClient.newHttpClient(), Pace.DEFAULT, new Place(address, KEY, "ab/c", ""), KEY);
  }

  @Test
  void theRoomsKeysAreAskedForWithTheWorkersKey() {
    byte[] key = new byte[32];
    key[0] = 7;
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    answer =
        "{\"authorized_keys\":[{\"user_id\":\"u\",\"public_key\":\"%s\"},{\"public_key\":\"!\"},{\"public_key\":\"AAAA\"},{}]}"
            .formatted(text);

    assertThat(fetch()).singleElement().isEqualTo(key);
    assertThat(asked)
        .containsExactly("GET /api/rooms/ab%2Fc/authorized-keys Bearer slp_secretsecret");
  }

  @Test
  void anAnswerWithoutKeysIsAFailureAndNotAnEmptyList() {
    for (String other : List.of("{}", "[]", "", "{\"authorized_keys\":{}}")) {
      answer = other;
      assertThatThrownBy(this::fetch).isInstanceOf(SignalingException.class);
    }
    status = 403;
    answer = "{\"authorized_keys\":[]}";
    assertThatThrownBy(this::fetch)
        .isInstanceOf(SignalingException.class)
        .hasMessageContaining("HTTP 403")
        .hasMessageNotContaining("slp_");
  }
}
