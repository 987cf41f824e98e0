package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A running server, one room in it, and whoever a test lets in. */
final class Meeting implements AutoCloseable {

  final Path data;
  final SignalingServer server;
  final JsonNode owner;
  final JsonNode room;
  private final List<RawPeer> peers = new ArrayList<>();

  private Meeting(Path data, SignalingServer server) throws Exception {
    this.data = data;
    this.server = server;
    this.owner = signIn();
    this.room = RawPeer.json(call("POST", "/create-room", token(owner), "").body());
  }

  static Meeting start(Path data) throws Exception {
    return start(data, Limits.DEFAULT, Pace.DEFAULT);
  }

  static Meeting start(Path data, Limits limits, Pace pace) throws Exception {
    return new Meeting(data, server(data, 0, 0, limits, pace));
  }

  static SignalingServer server(
      Path data, int webSocketPort, int httpPort, Limits limits, Pace pace) throws IOException {
    return SignalingServer.start(
        new ServerSettings("127.0.0.1", webSocketPort, httpPort, data, "1.2.3", limits, pace),
        Clock.systemUTC());
  }

  HttpResponse<String> call(String method, String path, String token, String body)
      throws Exception {
    return RawPeer.call(server.address().http(), method, path, token, body);
  }

  JsonNode signIn() throws Exception {
    return RawPeer.json(call("POST", "/anonymous-signin", "", "").body());
  }

  static String token(JsonNode signedIn) {
    return signedIn.get("id_token").textValue();
  }

  String roomId() {
    return room.get("room_id").textValue();
  }

  String roomToken() {
    return room.get("token").textValue();
  }

  RawPeer connect() {
    return connect(server.address().webSocket());
  }

  RawPeer connect(URI address) {
    RawPeer peer = RawPeer.connect(address);
    peers.add(peer);
    return peer;
  }

  /** As the first sleap-rtc programs register: no role, no metadata. */
  String register(String peerId, JsonNode signedIn) {
    return register(peerId, token(signedIn), roomId(), roomToken(), "");
  }

  static String register(String peerId, String idToken, String roomId, String token, String more) {
    return "{\"type\":\"register\",\"peer_id\":\""
        + peerId
        + "\",\"room_id\":\""
        + roomId
        + "\",\"token\":\""
        + token
        + "\",\"id_token\":\""
        + idToken
        + "\""
        + more
        + "}";
  }

  /** Comes in as somebody new; {@code more} starts with a comma. */
  RawPeer join(String peerId, String more) throws Exception {
    return join(peerId, signIn(), more);
  }

  RawPeer join(String peerId, JsonNode signedIn, String more) throws Exception {
    RawPeer peer = connect();
    peer.send(register(peerId, token(signedIn), roomId(), roomToken(), more));
    JsonNode reply = peer.next();
    if (!reply.path("type").asText().equals("registered_auth")) {
      throw new AssertionError("Not registered: " + reply);
    }
    return peer;
  }

  @Override
  public void close() {
    peers.forEach(RawPeer::close);
    server.close();
  }
}
