package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program at the other end of a socket that sends whatever it likes. */
final class RawPeer implements WebSocket.Listener, AutoCloseable {

  static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long SECONDS = 20;

  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private WebSocket socket;

  private RawPeer() {}

  static RawPeer connect(URI address) {
    RawPeer peer = new RawPeer();
    peer.socket = HTTP.newWebSocketBuilder().buildAsync(address, peer).join();
    return peer;
  }

  static HttpResponse<String> call(
      URI server, String method, String path, String token, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError("No JSON: " + text, e);
    }
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  CompletableFuture<WebSocket> sendLater(String text) {
    return socket.sendText(text, true);
  }

  void sendBinary(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  /** The next message; fails the test if none comes. */
  JsonNode next() throws InterruptedException {
    JsonNode message = messages.poll(SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("No message came; closed: " + closed);
    }
    return message;
  }

  /** The next message of a type; others are dropped. */
  JsonNode next(String type) throws InterruptedException {
    JsonNode message = next();
    while (!message.path("type").asText().equals(type)) {
      message = next();
    }
    return message;
  }

  /** What has come since; everything that was sent before is answered before this returns. */
  JsonNode fence() throws InterruptedException {
    send("{\"type\":\"discover_peers\",\"filters\":{\"role\":\"worker\"}}");
    return next();
  }

  boolean hasMessages() {
    return !messages.isEmpty();
  }

  int closeCode() {
    return closed.orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  boolean isClosed() {
    return closed.isDone();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      messages.add(json(partial.toString()));
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.complete(1006);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
