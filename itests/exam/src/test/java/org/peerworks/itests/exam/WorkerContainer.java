package org.peerworks.itests.exam;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.cm.ConfigurationAdminOptions.newConfiguration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ops4j.pax.exam.ExamSystem;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.spi.PaxExamRuntime;
import org.peerworks.launcher.LaunchException;

/** The remote side of the tests: a worker with its signalling server, in a container of its own. */
final class WorkerContainer {

  private final TestContainer container;

  private WorkerContainer(TestContainer container) {
    this.container = container;
  }

  static WorkerContainer start() throws IOException, LaunchException {
    Path data = Files.createTempDirectory(Path.of("target"), "worker-").toAbsolutePath();
    int webSocketPort = freePort();
    int httpPort = freePort();
    System.setProperty("test.worker.data", data.toString());
    System.setProperty("test.ws", "ws://127.0.0.1:" + webSocketPort);
    System.setProperty("test.http", "http://127.0.0.1:" + httpPort);
    ExamSystem system = PaxExamRuntime.createServerSystem(options(data, webSocketPort, httpPort));
    TestContainer container = PaxExamRuntime.createContainer(system);
    container.start();
    return new WorkerContainer(container);
  }

  private static Option options(Path data, int webSocketPort, int httpPort) throws LaunchException {
    return composite(
        Containers.features(data, "signaling", "worker"),
        bundle(Path.of(System.getProperty("peerworks.toy")).toUri().toString()),
        newConfiguration("org.peerworks.signaling.server")
            .put("host", "127.0.0.1")
            .put("webSocketPort", webSocketPort)
            .put("httpPort", httpPort)
            .asOption(),
        newConfiguration("org.peerworks.worker")
            .put("serverWebSocket", "ws://127.0.0.1:" + webSocketPort)
            .put("serverHttp", "http://127.0.0.1:" + httpPort)
            .asOption());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  void close() {
    container.stop();
  }
}
