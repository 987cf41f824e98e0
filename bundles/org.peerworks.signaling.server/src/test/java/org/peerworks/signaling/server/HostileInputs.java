package org.peerworks.signaling.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Makes what no good program sends: always the same for the same seed. */
final class HostileInputs {

  private static final List<String> TYPES =
      List.of(
          "register",
          "discover_peers",
          "update_metadata",
          "offer",
          "answer",
          "candidate",
          "quit",
          "peer_message",
          "mesh_connect",
          "mesh_answer",
          "ice_candidate",
          "ping",
          "pong",
          "error",
          "registered_auth",
          "");

  private static final List<String> FIELDS =
      List.of(
          "sender",
          "target",
          "sdp",
          "candidate",
          "from_peer_id",
          "to_peer_id",
          "target_peer_id",
          "payload",
          "filters",
          "metadata",
          "peer_id",
          "room_id",
          "token",
          "id_token",
          "jwt",
          "api_key",
          "role",
          "is_admin",
          "tags",
          "properties",
          "type",
          "$gte",
          "name",
          "expires_in_days",
          "invite_code",
          "worker_name",
          "public_key",
          "device_name",
          "username",
          "password",
          "state",
          "user",
          "__proto__",
          "@class");

  private static final List<String> PATHS =
      List.of(
          "/health",
          "/metrics",
          "/anonymous-signin",
          "/create-room",
          "/delete-peer",
          "/delete-peers-and-room",
          "/",
          "/?cli_state=0123456789abcdef",
          "/?cli_state=%00%ff&&&==",
          "/login",
          "/join",
          "/logout",
          "/api/auth/cli/deposit",
          "/api/auth/cli/poll?state=0123456789abcdef",
          "/api/auth/cli/poll?state=%",
          "/api/auth/rooms",
          "/api/auth/rooms?sort_by=x&sort_order=desc&search=%zz",
          "/api/auth/rooms/join",
          "/api/auth/rooms/%2e%2e",
          "/api/auth/rooms/abcd2345",
          "/api/auth/rooms/abcd2345/invite",
          "/api/auth/rooms/abcd2345/members/user-x",
          "/api/auth/token",
          "/api/auth/token/slp_",
          "/api/auth/tokens",
          "/api/auth/tokens/slp_x/workers",
          "/api/auth/account-keys",
          "/api/auth/account-keys/slp_acct_x",
          "/api/auth/public-keys",
          "/api/rooms/abcd2345/authorized-keys",
          "/api/rooms/abcd2345/workers",
          "/api/admin/users",
          "/api/admin/users/anna/password",
          "/api/jobs/submit",
          "/api/jobs/job_x/cancel",
          "/api/fs/list",
          "/stream/job_x",
          "/stream/worker:x",
          "/%2e%2e/%00",
          "*",
          "http://other/health",
          "//../..//");

  private final Random random;

  HostileInputs(Random random) {
    this.random = random;
  }

  /** A message that is JSON, or nearly so. */
  String message() {
    String object = object(random.nextInt(4));
    return switch (random.nextInt(10)) {
      case 0 -> object.substring(0, random.nextInt(object.length()));
      case 1 -> object + object;
      case 2 -> broken(object);
      case 3 -> value(5);
      case 4 -> nested();
      default -> object;
    };
  }

  private String object(int depth) {
    StringBuilder json = new StringBuilder("{\"type\":");
    json.append(random.nextInt(8) == 0 ? value(1) : quoted(pick(TYPES)));
    for (int fields = random.nextInt(6); fields > 0; fields--) {
      json.append(',').append(quoted(pick(FIELDS))).append(':').append(value(depth));
    }
    return json.append('}').toString();
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 14 : 11)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> "-" + "9".repeat(1 + random.nextInt(200));
      case 3 -> "1e" + random.nextInt(1_000_000);
      case 4 -> "0." + "0".repeat(random.nextInt(150)) + "1";
      case 5 -> quoted("x".repeat(random.nextInt(20_000)));
      case 6 -> "\"\\ud800\\u0000\\uffff\"";
      case 7 -> quoted("good");
      case 8 -> quoted("hostile");
      case 9 -> quoted("../../etc/passwd\\n\u202e");
      case 10 -> Long.toString(random.nextLong());
      case 11 -> "[" + value(depth - 1) + "," + value(depth - 1) + "]";
      case 12 -> "[" + "1,".repeat(random.nextInt(2_000)) + "1]";
      default -> object(depth - 1);
    };
  }

  private String nested() {
    int depth = 1 + random.nextInt(50_000);
    return random.nextBoolean()
        ? "[".repeat(depth) + (random.nextBoolean() ? "]".repeat(depth) : "")
        : "{\"type\":".repeat(depth);
  }

  private String broken(String good) {
    StringBuilder broken = new StringBuilder(good);
    for (int changes = 1 + random.nextInt(6); changes > 0 && broken.length() > 1; changes--) {
      int at = random.nextInt(broken.length());
      switch (random.nextInt(3)) {
        case 0 -> broken.deleteCharAt(at);
        case 1 -> broken.setCharAt(at, (char) random.nextInt(0xD800));
        default -> broken.insert(at, "{[\"\\u0000}],:1e999".charAt(random.nextInt(18)));
      }
    }
    return broken.toString();
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** Frames after which the server can still tell where the next one begins. */
  byte[] frames() {
    byte[] payload = message().getBytes(StandardCharsets.UTF_8);
    return switch (random.nextInt(10)) {
      case 0 -> RawSocket.frame(RawSocket.FIN | 2, noise(random.nextInt(400)));
      case 1 -> fragmented(payload);
      case 2 -> RawSocket.frame(RawSocket.FIN | RawSocket.TEXT, noise(1 + random.nextInt(400)));
      case 3 -> RawSocket.frame(RawSocket.FIN | random.nextInt(16), noise(random.nextInt(126)));
      case 4 -> RawSocket.frame(random.nextInt(256), noise(random.nextInt(300)));
      case 5 -> RawSocket.frame(RawSocket.FIN | 8, noise(random.nextInt(126)));
      case 6 -> RawSocket.text("x".repeat(Limits.DEFAULT.messageBytes() + random.nextInt(9) - 4));
      default -> RawSocket.frame(RawSocket.FIN | RawSocket.TEXT, payload);
    };
  }

  private byte[] fragmented(byte[] payload) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    int at = 0;
    int opcode = RawSocket.TEXT;
    while (at < payload.length) {
      int end = Math.min(payload.length, at + 1 + random.nextInt(Math.max(1, payload.length / 8)));
      byte[] piece = java.util.Arrays.copyOfRange(payload, at, end);
      boolean last = end == payload.length && random.nextInt(8) > 0;
      frames.writeBytes(RawSocket.frame((last ? RawSocket.FIN : 0) | opcode, piece));
      if (random.nextInt(6) == 0) {
        frames.writeBytes(RawSocket.frame(RawSocket.FIN | RawSocket.PING, noise(4)));
      }
      opcode = random.nextInt(30) == 0 ? RawSocket.TEXT : 0;
      at = end;
    }
    return frames.toByteArray();
  }

  /** Bytes that may be a part of a frame, or none at all. */
  byte[] unfinished() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    switch (random.nextInt(4)) {
      case 0 -> {
        bytes.write(RawSocket.FIN | RawSocket.TEXT);
        bytes.write(0x80 | 127);
        bytes.writeBytes(noise(8));
      }
      case 1 -> {
        byte[] frame = RawSocket.text(message());
        bytes.write(frame, 0, random.nextInt(frame.length));
      }
      case 2 -> {
        bytes.write(RawSocket.FIN | RawSocket.TEXT);
        bytes.write(5); // unmasked
        bytes.writeBytes(noise(5));
      }
      default -> bytes.writeBytes(noise(1 + random.nextInt(2_000)));
    }
    return bytes.toByteArray();
  }

  /** Something that looks like an HTTP call. */
  byte[] call() {
    String body =
        switch (random.nextInt(3)) {
          case 0 -> message();
          case 1 -> form();
          default -> "";
        };
    StringBuilder head = new StringBuilder();
    head.append(
            pick(
                List.of(
                    "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT",
                    "\u0001")))
        .append(' ')
        .append(random.nextInt(20) == 0 ? "/" + "a".repeat(random.nextInt(10_000)) : pick(PATHS))
        .append(pick(List.of(" HTTP/1.1", " HTTP/1.0", " HTTP/9.9", "")))
        .append("\r\n");
    if (random.nextInt(5) > 0) {
      head.append("Host: localhost\r\n");
    }
    head.append(
        pick(
            List.of(
                "",
                "Authorization: Bearer " + "e".repeat(random.nextInt(2_000)) + "\r\n",
                "Authorization: Bearer e30.e30.e30\r\n",
                "Authorization: Bearer slp_acct_abcdefghijkm" + "x".repeat(32) + "\r\n",
                "Authorization: Bearer slp_abcd2345abcd" + "x".repeat(20) + "\r\n",
                "Content-Type: application/x-www-form-urlencoded\r\n",
                "Content-Type: application/x-www-form-urlencoded\r\nCookie: peerworks_form="
                    + "f".repeat(32)
                    + "; peerworks_session=x; ;=;\r\n",
                "Transfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
                "Upgrade: websocket\r\nConnection: Upgrade\r\n",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 99\r\nSec-WebSocket-Key: x\r\n",
                "Expect: 100-continue\r\n",
                "X: " + "y".repeat(random.nextInt(12_000)) + "\r\n",
                " folded\r\n",
                "no colon\r\n")));
    head.append("Content-Length: ")
        .append(
            switch (random.nextInt(5)) {
              case 0 -> "-1";
              case 1 -> "99999999999999999999";
              case 2 -> Integer.toString(random.nextInt(10_000));
              default -> Integer.toString(body.getBytes(StandardCharsets.UTF_8).length);
            })
        .append("\r\n\r\n");
    return (head + body).getBytes(StandardCharsets.UTF_8);
  }

  /** Fields of a form, or nearly so. */
  private String form() {
    StringBuilder form = new StringBuilder("form=" + "f".repeat(32));
    for (int fields = random.nextInt(60); fields > 0; fields--) {
      form.append('&')
          .append(pick(FIELDS))
          .append('=')
          .append(pick(List.of("x", "%", "%zz", "%00")));
    }
    return form.toString();
  }

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
