package org.peerworks.doctor.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.doctor.Finding;
import org.peerworks.doctor.Level;
import org.peerworks.doctor.Patient;

class ServerChecksTest {

  @TempDir Path directory;
  private HttpServer server;
  private int signInStatus = 200;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(directory.resolve("features"));
    Files.writeString(directory.resolve("features/signaling.json"), "{}");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/health", "{\"status\":\"ok\",\"version\":\"1.2.3\"}");
    answer("/anonymous-signin", "{\"id_token\":\"t\",\"username\":\"u\"}");
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(String path, String body) {
    server.createContext(
        path,
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          int status = path.equals("/health") ? 200 : signInStatus;
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Patient patient(int webSocket, int http, boolean told) {
    return new Patient(
        directory,
        directory.resolve("data"),
        URI.create("ws://127.0.0.1:" + webSocket),
        URI.create("http://127.0.0.1:" + http),
        told);
  }

  private int port() {
    return server.getAddress().getPort();
  }

  @Test
  void aServerForAccountsOnlyIsFineAndTheDoctorSaysWhatItNeeds() throws Exception {
    signInStatus = 404;
    Finding finding = new ServerCheck(patient(free(), port(), true)).run().get(0);
    assertThat(finding.level()).isEqualTo(Level.NOTE);
    assertThat(finding.found()).contains("1.2.3").contains("without an account");
    assertThat(finding.mend()).contains("keyFile").contains("peerworks login");
  }

  @Test
  void aServerThatSignsInIsFineAndOneThatTakesNoMessagesIsNot() throws Exception {
    List<Finding> findings = new ServerCheck(patient(free(), port(), true)).run();
    assertThat(findings.get(0).level()).isEqualTo(Level.OK);
    assertThat(findings.get(0).found()).contains("version 1.2.3");
    assertThat(findings.get(1).level()).isEqualTo(Level.ERROR);
    assertThat(findings.get(1).found()).contains("nobody listens there");
    signInStatus = 429;
    assertThat(new ServerCheck(patient(free(), port(), true)).run().get(0).mend())
        .contains("Too many");
  }

  @Test
  void aServerThatNobodyNamedNeedsNotBeThere() throws Exception {
    assertThat(new ServerCheck(patient(free(), free(), false)).run())
        .extracting(Finding::level)
        .containsExactly(Level.WARNING, Level.WARNING);
    assertThat(new ServerCheck(patient(free(), free(), true)).run())
        .extracting(Finding::level)
        .containsExactly(Level.ERROR, Level.ERROR);
  }

  @Test
  void portsAreFreeOrHeldByOneOfOursOrBySomebodyElse() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread silent = new Thread(() -> hangUp(other), "silent-server");
      silent.start();
      assertThat(new PortsCheck(patient(other.getLocalPort(), port(), true)).run())
          .extracting(Finding::level)
          .containsExactly(Level.ERROR, Level.OK);
    }
    Finding free = new PortsCheck(patient(free(), port(), true)).run().get(0);
    assertThat(free.found()).contains("is free");
    Patient elsewhere =
        new Patient(
            directory,
            directory,
            URI.create("wss://198.51.100.7"),
            URI.create("https://198.51.100.7"),
            true);
    assertThat(new PortsCheck(elsewhere).run().get(0).level()).isEqualTo(Level.NOTE);
  }

  private static void hangUp(ServerSocket server) {
    try {
      while (true) {
        server.accept().close();
      }
    } catch (IOException e) {
      // The test is over.
      return;
    }
  }

  @Test
  void clocksAreCompared() throws Exception {
    Patient patient = patient(free(), port(), true);
    assertThat(new ClockCheck(patient).run().get(0).level()).isEqualTo(Level.OK);
    Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-30));
    assertThat(new ClockCheck(patient, slow).run().get(0).level()).isEqualTo(Level.WARNING);
    Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofDays(400));
    Finding finding = new ClockCheck(patient, wrong).run().get(0);
    assertThat(finding.level()).isEqualTo(Level.ERROR);
    assertThat(finding.found()).contains("ahead of");
    assertThat(new ClockCheck(patient(free(), free(), true)).run().get(0).level())
        .isEqualTo(Level.NOTE);
  }
}
