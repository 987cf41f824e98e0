package org.peerworks.doctor.checks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peerworks.doctor.Check;
import org.peerworks.doctor.Finding;
import org.peerworks.doctor.Patient;

/** The ports that a signalling server on this machine listens on: free, or held by one of ours. */
final class PortsCheck implements Check {

  private static final String PID = "org.peerworks.signaling.server";
  private static final int HTTP_OK = 200;

  private final Patient patient;

  PortsCheck(Patient patient) {
    this.patient = patient;
  }

  @Override
  public String name() {
    return "Ports";
  }

  @Override
  public Duration deadline() {
    return Http.PATIENCE.multipliedBy(3);
  }

  @Override
  public List<Finding> run() throws IOException, InterruptedException {
    if (!Files.exists(patient.home().resolve("features/signaling.json"))) {
      return List.of(Finding.note("A client listens on no port", ""));
    }
    String host;
    List<Integer> ports;
    if (patient.serverTold() && !isHere(patient.webSocket().getHost())) {
      return List.of(
          Finding.note("The signalling server is on another machine; no port is needed here", ""));
    } else if (patient.serverTold()) {
      host = patient.webSocket().getHost();
      ports = List.of(port(patient.webSocket()), port(patient.http()));
    } else {
      ConfigFile config = ConfigFile.read(patient.home(), patient.data(), PID);
      host = config.text("host").orElse("127.0.0.1");
      ports =
          List.of(
              (int) config.number("webSocketPort", 8080), (int) config.number("httpPort", 8001));
    }
    List<Finding> findings = new ArrayList<>();
    for (int port : ports) {
      findings.add(port == 0 ? Finding.ok("Any free port is taken") : examine(host, port));
    }
    return findings;
  }

  private static Finding examine(String host, int port) throws InterruptedException {
    String name = "Port " + port + " of " + host;
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return Finding.ok(name + " is free");
    } catch (IOException | IllegalArgumentException e) {
      return taken(name, host, port, e);
    }
  }

  private static Finding taken(String name, String host, int port, Exception reason)
      throws InterruptedException {
    String reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host;
    try {
      URI base = new URI("http", null, reachable, port, null, null, null);
      Http.Answer answer = Http.call(Http.client(), "GET", base, "/health");
      Optional<String> version = Http.version(answer);
      if (answer.status() == HTTP_OK && version.isPresent()) {
        return Finding.ok(name + " is held by a signalling server, version " + version.get());
      }
    } catch (IOException | URISyntaxException e) {
      // It speaks something else, or nothing listens and the address is not ours: told below.
      reason.addSuppressed(e);
    }
    return Finding.error(
        "%s cannot be used: %s".formatted(name, reason.getMessage()),
        "Another program may hold it (ss -ltnp 'sport = :%d' names it). End it, or choose other ports: --server, --server-http, or '%s.cfg'."
            .formatted(port, PID));
  }

  private static boolean isHere(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (UnknownHostException | SocketException e) {
      return false;
    }
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return switch (address.getScheme()) {
      case "wss", "https" -> 443;
      default -> 80;
    };
  }
}
