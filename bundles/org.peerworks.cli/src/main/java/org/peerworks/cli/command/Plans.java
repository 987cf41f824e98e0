package org.peerworks.cli.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options as features and configuration: the one place that knows both. */
final class Plans {

  static final String WORKER_PID = "org.peerworks.worker";
  static final String SLEAP_PID = "org.peerworks.protocol.sleap";
  static final String FILES_PID = "org.peerworks.files.resolver";
  static final String SIGNALING_PID = "org.peerworks.signaling.server";

  private Plans() {}

  static LaunchPlan worker(
      Optional<Server> server,
      Optional<String> name,
      WorkerEntry entry,
      boolean withSignal,
      boolean shell,
      Optional<Path> workingDirectory,
      Optional<String> roomSecret,
      Path data) {
    List<String> features = new ArrayList<>();
    Map<String, Map<String, Object>> configuration = new HashMap<>();
    if (withSignal) {
      features.add("signaling");
      configuration.put(SIGNALING_PID, server.map(Plans::listening).orElse(Map.of()));
    }
    features.add("worker");
    if (shell) {
      features.add("shell");
    }
    workingDirectory.ifPresent(
        directory ->
            configuration.put(
                FILES_PID, Map.of("workingDirectory", directory.normalize().toString())));
    roomSecret.ifPresent(secret -> configuration.put(SLEAP_PID, Map.of("roomSecret", secret)));
    Map<String, Object> worker = new HashMap<>();
    server.ifPresent(
        at -> {
          worker.put("serverWebSocket", reachable(at.webSocket()).toString());
          worker.put("serverHttp", reachable(at.http()).toString());
        });
    name.ifPresent(value -> worker.put("name", value));
    entry.addTo(worker);
    if (!worker.isEmpty()) {
      configuration.put(WORKER_PID, Map.copyOf(worker));
    }
    return new LaunchPlan(features, configuration, data, false, true);
  }

  static LaunchPlan signal(Optional<Server> server, Path data) {
    Map<String, Map<String, Object>> configuration =
        Map.of(SIGNALING_PID, server.map(Plans::listening).orElse(Map.of()));
    return new LaunchPlan(List.of("signaling"), configuration, data, false, true);
  }

  /** What it finds of the framework's goes with it. */
  static LaunchPlan doctor(Path data) {
    return new LaunchPlan(List.of("doctor"), Map.of(), data, true, false);
  }

  /** It is run without a framework. */
  static LaunchPlan own(Path data) {
    return new LaunchPlan(List.of(), Map.of(), data, true, false);
  }

  static LaunchPlan client(Path data) {
    return new LaunchPlan(List.of("client", "direct"), Map.of(), data, true, false);
  }

  /** It ends with its page, and leaves nothing behind. */
  static LaunchPlan browse(Path data) {
    return new LaunchPlan(List.of("client", "direct", "browser"), Map.of(), data, true, true);
  }

  private static Map<String, Object> listening(Server server) {
    return Map.of(
        "host", server.webSocket().getHost(),
        "webSocketPort", port(server.webSocket(), Server.WEB_SOCKET_PORT),
        "httpPort", port(server.http(), Server.HTTP_PORT));
  }

  private static int port(URI address, int otherwise) {
    return address.getPort() < 0 ? otherwise : address.getPort();
  }

  /** Every address of this machine is one to listen on, but none to connect to. */
  private static URI reachable(URI address) {
    return address.getHost().equals("0.0.0.0")
        ? URI.create(address.toString().replaceFirst("0\\.0\\.0\\.0", "127.0.0.1"))
        : address;
  }
}
