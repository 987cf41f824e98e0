package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How long an offer takes to its answer through a server of a process of its own, while 1,000
 * others are connected and idle: {@code benchmarks/run signaling}.
 */
final class SignalingBenchmark {

  private static final int ROOMS = 100;
  private static final int IDLE = 1_000;
  private static final int WARM_UP = 2_000;
  private static final int OFFERS = 10_000;
  private static final double BAR_MILLIS = 20;

  /** As long as one with its candidates. */
  private static final String SDP = "v=0".repeat(700);

  private SignalingBenchmark() {}

  public static void main(String[] args) throws Exception {
    if (args.length == 2) {
      serve(Path.of(args[1]));
      return;
    }
    Path data = Files.createTempDirectory(Path.of(args[0]), "signaling-benchmark");
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-cp",
                System.getProperty("java.class.path"),
                SignalingBenchmark.class.getName(),
                "serve",
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader told =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      measure(URI.create(told.readLine()));
    } finally {
      server.destroy();
      server.waitFor();
    }
    System.exit(0); // the HTTP client's threads would wait for their connections
  }

  /** Until its parent ends it. */
  private static void serve(Path data) throws IOException, InterruptedException {
    Limits limits =
        Tuned.limits(
            Map.of(
                "maxConnectionsPerAddress", 2048,
                "signInsPerMinute", 100_000,
                "maxRoomsPerOwner", 1_000,
                "messagesPerSecond", 10_000));
    try (SignalingServer server = Meeting.server(data, 0, 0, limits, Pace.DEFAULT)) {
      System.out.println(server.address().http());
      Thread.currentThread().join();
    }
  }

  private static void measure(URI server) throws Exception {
    URI socket = URI.create(server.toString().replace("http", "ws"));
    JsonNode owner = RawPeer.json(call(server, "/anonymous-signin", ""));
    List<RawPeer> peers = new ArrayList<>();
    for (int room = 0; room < ROOMS; room++) {
      JsonNode made = RawPeer.json(call(server, "/create-room", Meeting.token(owner)));
      for (int i = 0; i < IDLE / ROOMS; i++) {
        peers.add(enter(socket, owner, made, "peer-" + i, i == 0 ? "worker" : "client"));
      }
    }
    JsonNode made = RawPeer.json(call(server, "/create-room", Meeting.token(owner)));
    RawPeer worker = enter(socket, owner, made, "worker", "worker");
    RawPeer client = enter(socket, owner, made, "client", "client");
    exchange(client, worker, WARM_UP);
    long[] nanos = exchange(client, worker, OFFERS);
    Arrays.sort(nanos);
    System.out.printf(
        "offer to answer, %d idle sockets in %d rooms, %d exchanges:%n", IDLE, ROOMS, OFFERS);
    for (double share : new double[] {0.5, 0.9, 0.99, 0.999, 1}) {
      System.out.printf("  p%-5s %8.3f ms%n", share * 100, millis(nanos, share));
    }
    double p99 = millis(nanos, 0.99);
    System.out.printf(
        "bar signaling-p99 %.3f %.0f %s%n", p99, BAR_MILLIS, p99 <= BAR_MILLIS ? "met" : "missed");
    peers.forEach(RawPeer::close);
  }

  private static long[] exchange(RawPeer client, RawPeer worker, int count) throws Exception {
    String offer =
        "{\"type\":\"offer\",\"sender\":\"client\",\"target\":\"worker\",\"sdp\":\"" + SDP + "\"}";
    String answer =
        "{\"type\":\"answer\",\"sender\":\"worker\",\"target\":\"client\",\"sdp\":\"" + SDP + "\"}";
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long before = System.nanoTime();
      client.send(offer);
      worker.next("offer");
      worker.send(answer);
      client.next("answer");
      nanos[i] = System.nanoTime() - before;
    }
    return nanos;
  }

  private static double millis(long[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
  }

  private static RawPeer enter(URI socket, JsonNode owner, JsonNode room, String id, String role)
      throws Exception {
    RawPeer peer = RawPeer.connect(socket);
    peer.send(
        Meeting.register(
            id,
            Meeting.token(owner),
            room.get("room_id").textValue(),
            room.get("token").textValue(),
            ",\"role\":\"" + role + "\""));
    peer.next("registered_auth");
    return peer;
  }

  private static String call(URI server, String path, String token) throws Exception {
    return RawPeer.call(server, "POST", path, token, "").body();
  }
}
