package org.peerworks.itests.embedded;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.peerworks.launcher.Appliance;
import org.peerworks.launcher.FeatureSet;
import org.peerworks.launcher.Installation;

/** A worker with its signalling server in this JVM, out of the installation that is shipped. */
final class Worker implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Appliance appliance;
  private final Gogo gogo;

  private Worker(Appliance appliance) {
    this.appliance = appliance;
    this.gogo = new Gogo(appliance.context());
  }

  static Worker start(Path data, Map<String, Map<String, Object>> configuration) throws Exception {
    Installation installation =
        Installation.at(Path.of(System.getProperty("peerworks.worker.home")));
    int webSocketPort = freePort();
    int httpPort = freePort();
    Map<String, Map<String, Object>> overlay =
        new java.util.HashMap<>(
            Map.of(
                "org.peerworks.signaling.server",
                Map.of("webSocketPort", webSocketPort, "httpPort", httpPort),
                "org.peerworks.worker",
                Map.of(
                    "serverWebSocket",
                    "ws://127.0.0.1:" + webSocketPort,
                    "serverHttp",
                    "http://127.0.0.1:" + httpPort)));
    overlay.putAll(configuration);
    return new Worker(
        Appliance.start(
            installation,
            FeatureSet.read(installation, List.of("signaling", "worker")),
            data,
            data.resolve("framework"),
            overlay));
  }

  String shell(String command) throws Exception {
    return gogo.run(command);
  }

  /** Runs a command until its output matches. */
  String awaitShell(String command, String regex) {
    String[] last = {""};
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .alias("'" + command + "' prints '" + regex + "'")
        .until(
            () -> {
              last[0] = shell(command);
              return last[0].lines().anyMatch(line -> line.matches(".*" + regex + ".*"));
            });
    return last[0];
  }

  Bundle install(Path jar) throws Exception {
    Bundle bundle = appliance.context().installBundle(jar.toUri().toString());
    bundle.start();
    return bundle;
  }

  Bundle bundle(String name) {
    return Arrays.stream(appliance.context().getBundles())
        .filter(bundle -> name.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow();
  }

  List<Bundle> bundles() {
    return List.of(appliance.context().getBundles());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    if (!appliance.stop(10_000)) {
      throw new AssertionError("The framework did not stop within 10 s.");
    }
  }
}
