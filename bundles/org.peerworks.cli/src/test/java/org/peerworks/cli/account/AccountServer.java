package org.peerworks.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A signalling server with accounts, as sleap-rtc's HTTP API has it (server 29bce03): in memory,
 * for one user.
 */
final class AccountServer implements AutoCloseable {

  static final String JWT = "eyJh.eyJleHAiOjQxMDI0NDQ4MDB9.c2ln";
  static final String TOKEN = "slp_abcdefghijklmnopqrstuvwxyz012345";
  static final String KEY = "slp_acct_abcdefghijklmnopqrstuvwxyz012345";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  final Map<String, ObjectNode> rooms = new LinkedHashMap<>();
  final Map<String, ObjectNode> tokens = new LinkedHashMap<>();
  final Map<String, ObjectNode> keys = new LinkedHashMap<>();
  final List<String> publicKeys = Collections.synchronizedList(new ArrayList<>());
  final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  /** How often a poll is answered with 202 first. */
  volatile int pending;

  /** What errors are called: {@code detail} or {@code error}. */
  volatile String errorField = "detail";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  AccountServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    byte[] sent = exchange.getRequestBody().readAllBytes();
    JsonNode body = sent.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(sent);
    calls.add(call.replaceAll("state=.*", "state=") + (sent.length == 0 ? "" : " " + body));
    if (call.startsWith("GET /health")) {
      reply(exchange, 200, object().put("status", "ok").put("version", "9.9"));
    } else if (call.startsWith("GET /api/auth/cli/poll?state=")) {
      poll(exchange);
    } else if (!("Bearer " + JWT).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      refuse(exchange, 401, "Invalid token");
    } else if (call.contains("/rooms")) {
      room(exchange, call, body);
    } else if (call.contains("/token")) {
      token(exchange, call, body);
    } else {
      key(exchange, call, body);
    }
  }

  private void poll(HttpExchange exchange) throws IOException {
    String state = exchange.getRequestURI().getQuery().replace("state=", "");
    if (state.length() < 16) {
      refuse(exchange, 422, "state too short");
    } else if (pending-- > 0) {
      reply(exchange, 202, object().put("status", "pending"));
    } else {
      ObjectNode answer = object().put("jwt", JWT).put("account_key", KEY);
      answer.putObject("user").put("user_id", "u1").put("username", "anna");
      reply(exchange, 200, answer);
    }
  }

  private void room(HttpExchange exchange, String call, JsonNode body) throws IOException {
    String id = call.replaceAll(".*/rooms/?([^/]*).*", "$1");
    if (call.equals("GET /api/auth/rooms")) {
      reply(exchange, 200, object().set("rooms", MAPPER.valueToTree(rooms.values())));
    } else if (call.equals("POST /api/auth/rooms")) {
      ObjectNode room = room("r" + (rooms.size() + 1), body.path("name").asText(), "owner");
      reply(exchange, 200, room.deepCopy().put("room_token", "abc123"));
    } else if (call.equals("POST /api/auth/rooms/join")) {
      if (!body.path("invite_code").asText().equals("ABCD2345")) {
        refuse(exchange, 404, "Invalid or expired invite code");
      } else {
        reply(exchange, 200, room("r9", "theirs", "member"));
      }
    } else if (!rooms.containsKey(id)) {
      refuse(exchange, 404, "Room not found");
    } else if (call.endsWith("/invite")) {
      reply(
          exchange,
          200,
          object()
              .put("invite_code", "WXYZ6789")
              .put("room_id", id)
              .put("expires_in_seconds", 3600));
    } else if (call.endsWith("/members")) {
      ObjectNode members = object();
      members
          .putArray("members")
          .addObject()
          .put("user_id", "u1")
          .put("username", "an\u001b[31mna")
          .put("role", "owner");
      reply(exchange, 200, members);
    } else if (call.endsWith("/workers")) {
      ObjectNode workers = object();
      workers
          .putArray("workers")
          .addObject()
          .put("peer_id", "worker-1")
          .put("token_id", TOKEN)
          .put("worker_name", "gpu");
      reply(exchange, 200, workers);
    } else if (call.startsWith("DELETE")) {
      rooms.remove(id);
      reply(exchange, 200, object().put("status", "deleted"));
    } else {
      reply(exchange, 200, rooms.get(id));
    }
  }

  ObjectNode room(String id, String name, String role) {
    ObjectNode room = object().put("room_id", id).put("name", name).put("role", role);
    room.put("created_at", 1_700_000_000L + rooms.size()).put("expires_at", "2030-01-01T00:00:00Z");
    rooms.put(id, room);
    return room;
  }

  private void token(HttpExchange exchange, String call, JsonNode body) throws IOException {
    String id = call.replaceAll(".*/tokens?/?([^/?]*).*", "$1");
    if (call.equals("POST /api/auth/token")) {
      ObjectNode token =
          token(TOKEN, body.path("room_id").asText(), body.path("worker_name").asText());
      reply(exchange, 200, token);
    } else if (call.startsWith("GET /api/auth/tokens")) {
      reply(exchange, 200, object().set("tokens", MAPPER.valueToTree(tokens.values())));
    } else if (call.startsWith("DELETE /api/auth/tokens?")
        || call.equals("DELETE /api/auth/tokens")) {
      reply(exchange, 200, object().put("deleted_count", 2));
    } else if (!tokens.containsKey(id)) {
      refuse(exchange, 404, "Token not found");
    } else if (call.startsWith("DELETE /api/auth/tokens/")) {
      tokens.remove(id);
      reply(exchange, 200, object().put("deleted", true));
    } else {
      tokens.get(id).put("revoked_at", Instant.now().toString());
      reply(exchange, 200, object().put("revoked", true).put("token_id", id));
    }
  }

  ObjectNode token(String id, String room, String worker) {
    ObjectNode token = object().put("token_id", id).put("room_id", room).put("worker_name", worker);
    token.put("created_at", "2026-11-01T10:00:00").put("expires_at", "2099-01-01T00:00:00Z");
    tokens.put(id, token);
    return token;
  }

  private void key(HttpExchange exchange, String call, JsonNode body) throws IOException {
    String id = call.replaceAll(".*/account-keys/?", "");
    if (call.equals("POST /api/auth/public-keys")) {
      publicKeys.add(body.path("public_key").asText());
      reply(exchange, 200, object().put("key_id", "pk1"));
    } else if (call.equals("POST /api/auth/account-keys")) {
      keys.put(KEY, object().put("key_id", KEY).put("name", body.path("name").asText()));
      reply(exchange, 200, keys.get(KEY));
    } else if (call.equals("GET /api/auth/account-keys")) {
      reply(exchange, 200, object().set("keys", MAPPER.valueToTree(keys.values())));
    } else if (keys.remove(id) != null) {
      reply(exchange, 200, object().put("status", "revoked"));
    } else {
      refuse(exchange, 404, "Key not found");
    }
  }

  private static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  private void refuse(HttpExchange exchange, int status, String why) throws IOException {
    reply(exchange, status, object().put(errorField, why));
  }

  private static void reply(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
