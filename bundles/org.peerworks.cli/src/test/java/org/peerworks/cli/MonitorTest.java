package org.peerworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.job.api.JobState;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** SLEAP's monitor on this machine, played by a stand-in. */
final class MonitorTest {

  @TempDir Path here;
  private MemoryLab lab;
  private final ZContext context = new ZContext(1);

  @BeforeEach
  void open() throws IOException {
    lab = new MemoryLab(here);
    Files.write(here.resolve("package.zip"), new byte[] {'P', 'K', 5, 6});
  }

  @AfterEach
  void close() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("sleap-monitor");
    context.close();
    lab.close();
  }

  private int train(int controller, int publish) {
    return lab.run(
        "client-train",
        "-s",
        MemoryLab.SESSION,
        "-p",
        "package.zip",
        "--controller_port",
        Integer.toString(controller),
        "--publish_port",
        Integer.toString(publish));
  }

  /** Until the monitor has heard everything there is. */
  private static List<String> heard(ZMQ.Socket news) {
    List<String> messages = new ArrayList<>();
    news.setReceiveTimeOut(30_000);
    for (String text = news.recvStr(); text != null; text = news.recvStr()) {
      messages.add(text);
      if (text.contains("rtc_close_monitor")) {
        return messages;
      }
    }
    return messages;
  }

  @Test
  void theMonitorHearsTheTrainerAndStopsIt() {
    ZMQ.Socket commands = context.createSocket(SocketType.PUB);
    ZMQ.Socket news = context.createSocket(SocketType.SUB);
    int controller = commands.bindToRandomPort("tcp://127.0.0.1");
    int publish = news.bindToRandomPort("tcp://127.0.0.1");
    news.subscribe("");
    lab.jobs.behaviour =
        job -> {
          job.running();
          job.report("{\"event\":\"train_begin\",\"what\":\"centroid\"}");
          job.report(
              "{\"event\":\"epoch_end\",\"logs\":{\"py/object\":\"os.system\",\"train/loss\":0.5,\"val/loss\":\"NaN\"}}");
          job.report("[1]");
          job.report("{\"py/reduce\":[{\"py/type\":\"os.system\"},{\"py/tuple\":[\"x\"]}]}");
          job.report("{\"event\":\"train_begin\",\"what\":\"centered\"}");
          Awaitility.await()
              .atMost(Duration.ofSeconds(60))
              .until(
                  () -> {
                    commands.send("{\"command\": \"quit\"}");
                    commands.send("no json");
                    commands.send("{\"command\": \"stop\"}");
                    return !job.told.isEmpty();
                  });
          job.end(JobState.SUCCEEDED, "", "{}");
        };

    CompletableFuture<List<String>> monitor = CompletableFuture.supplyAsync(() -> heard(news));
    assertThat(train(controller, publish)).as(lab.err()).isZero();

    String all = String.join("\n", monitor.join());
    assertThat(all)
        .containsSubsequence(
            "rtc_update_monitor",
            "{\"event\":\"train_begin\",\"what\":\"centroid\"}",
            "{\"event\":\"epoch_end\",\"logs\":{\"train/loss\":0.5}}",
            "rtc_reset_monitor",
            "{\"event\":\"train_begin\",\"what\":\"centered\"}",
            "rtc_close_monitor")
        .doesNotContain("py/");
    assertThat(lab.jobs.entries.values().iterator().next().told)
        .allMatch("{\"command\":\"stop\"}"::equals);
    assertThat(lab.out()).contains("monitor asks the training to stop");
  }

  @Test
  void aMonitorMayComeLater() throws IOException {
    int controller = freePort();
    int publish = freePort();
    lab.jobs.behaviour =
        job -> {
          job.running();
          ZMQ.Socket commands = context.createSocket(SocketType.PUB);
          commands.setHandshakeIvl(1000); // JeroMQ may forget a connection just made
          commands.connect("tcp://127.0.0.1:" + controller);
          Awaitility.await()
              .atMost(Duration.ofSeconds(60))
              .until(
                  () -> {
                    commands.send("{\"command\":\"stop\"}");
                    return !job.told.isEmpty();
                  });
          job.end(JobState.SUCCEEDED, "", "{}");
        };
    assertThat(train(controller, publish)).as(lab.err()).isZero();
    // Both ports are free again.
    new ServerSocket(controller, 1, InetAddress.getLoopbackAddress()).close();
    new ServerSocket(publish, 1, InetAddress.getLoopbackAddress()).close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPortOfAnotherProgramIsNamedBeforeAnythingIsSent(boolean talks) throws IOException {
    try (ServerSocket other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread server =
          new Thread(
              () -> {
                try (var client = other.accept()) {
                  if (talks) {
                    client.getOutputStream().write("220 mail".getBytes());
                  } else {
                    client.getInputStream().read();
                  }
                } catch (IOException e) {
                  // The test is over.
                }
              },
              "other-program");
      server.setDaemon(true);
      server.start();
      assertThat(train(freePort(), other.getLocalPort())).isEqualTo(ExitStatus.USAGE);
    }
    assertThat(lab.err()).contains("no monitor of SLEAP", "Choose another");
    assertThat(lab.connected).isEmpty();
  }

  /** As JeroMQ leaves a connection that it forgot, which would else last 30 seconds. */
  @Test
  void aMonitorThatDoesNotGreetIsConnectedAgain() throws Exception {
    try (ServerSocket monitor = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      monitor.setSoTimeout(20_000);
      CompletableFuture<Boolean> again =
          CompletableFuture.supplyAsync(
              () -> {
                try (var probe = monitor.accept()) {
                  probe.getOutputStream().write(0xff);
                  try (var first = monitor.accept();
                      var second = monitor.accept()) {
                    return second.getPort() != first.getPort();
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      lab.jobs.behaviour =
          job -> {
            job.running();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(again::isDone);
            job.end(JobState.SUCCEEDED, "", "{}");
          };
      assertThat(train(freePort(), monitor.getLocalPort())).as(lab.err()).isZero();
      assertThat(again.join()).isTrue();
    }
  }

  @Test
  void theSamePortTwiceIsRefused() {
    assertThat(train(9000, 9000)).isEqualTo(ExitStatus.USAGE);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
