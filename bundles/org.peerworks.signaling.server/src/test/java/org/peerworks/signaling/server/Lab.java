package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A running server and people with accounts at it. */
final class Lab implements AutoCloseable {

  private static final String STATE = "0123456789abcdef-";

  final Meeting meeting;
  private final Map<String, String> passwords = new HashMap<>();
  private int states;

  private Lab(Meeting meeting) {
    this.meeting = meeting;
  }

  static Lab open(Path data) throws Exception {
    return open(data, Tuned.limits(Map.of("loginsPerMinute", 1000)));
  }

  static Lab open(Path data, Limits limits) throws Exception {
    return new Lab(Meeting.start(data, limits, Pace.DEFAULT));
  }

  String add(String name) throws Exception {
    String password = meeting.server.administration().add(name).password();
    passwords.put(name, password);
    return password;
  }

  String password(String name) {
    return passwords.get(name);
  }

  Browser browser() {
    return new Browser(meeting.server.address().http());
  }

  String state() {
    return STATE + states++;
  }

  /** Somebody new with an account, and what a login gave. */
  String jwt(String name) throws Exception {
    add(name);
    return login(name);
  }

  /** Logs in as the Python command line does, with a person at the browser. */
  String login(String name) throws Exception {
    String state = state();
    call("GET", "/api/auth/cli/poll?state=" + state, "", "");
    browser()
        .open("/?cli=true&cli_state=" + state)
        .submit("/login", Map.of("username", name, "password", password(name)))
        .submit("/api/auth/cli/deposit", Map.of());
    return get("/api/auth/cli/poll?state=" + state, "").path("jwt").textValue();
  }

  HttpResponse<String> call(String method, String path, String bearer, String body)
      throws Exception {
    return meeting.call(method, path, bearer, body);
  }

  JsonNode get(String path, String bearer) throws Exception {
    return ok(call("GET", path, bearer, ""));
  }

  JsonNode post(String path, String bearer, String body) throws Exception {
    return ok(call("POST", path, bearer, body));
  }

  JsonNode delete(String path, String bearer) throws Exception {
    return ok(call("DELETE", path, bearer, ""));
  }

  static JsonNode ok(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + ": " + answer.body());
    }
    return RawPeer.json(answer.body());
  }

  /** A new room's id. */
  String room(String bearer) throws Exception {
    return post("/api/auth/rooms", bearer, "{\"name\":\"Lab\"}").path("room_id").textValue();
  }

  /** A new worker token, whole. */
  String token(String bearer, String room) throws Exception {
    return post("/api/auth/token", bearer, "{\"room_id\":\"" + room + "\",\"worker_name\":\"gpu\"}")
        .path("token_id")
        .textValue();
  }

  /** A new account key, whole. */
  String key(String bearer) throws Exception {
    return post("/api/auth/account-keys", bearer, "{\"name\":\"laptop\"}")
        .path("key_id")
        .textValue();
  }

  /** Registers; {@code fields} are JSON fields without braces. */
  RawPeer register(String peerId, String fields) throws Exception {
    RawPeer peer = meeting.connect();
    peer.send("{\"type\":\"register\",\"peer_id\":\"" + peerId + "\"," + fields + "}");
    return peer;
  }

  RawPeer enter(String peerId, String fields) throws Exception {
    RawPeer peer = register(peerId, fields);
    JsonNode reply = peer.next();
    if (!reply.path("type").asText().equals("registered_auth")) {
      throw new AssertionError("Not registered: " + reply);
    }
    return peer;
  }

  String refusal(String peerId, String fields) throws Exception {
    RawPeer peer = register(peerId, fields);
    String reason = peer.next().path("reason").asText();
    peer.closeCode();
    return reason;
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    meeting.close();
  }
}
