package org.peerworks.signaling.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.peerworks.signaling.api.ServerAddress;

/** A signalling server for tests that know it only by its address. */
public final class RunningServer implements AutoCloseable {

  private final SignalingServer server;

  private RunningServer(SignalingServer server) {
    this.server = server;
  }

  /** On free ports. */
  public static RunningServer start(Path data) throws IOException {
    return start(data, 0, 0);
  }

  /** On the ports that another one had. */
  public static RunningServer restart(Path data, ServerAddress address) throws IOException {
    return start(data, address.webSocket().getPort(), address.http().getPort());
  }

  public ServerAddress address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
  }

  private static RunningServer start(Path data, int webSocketPort, int httpPort)
      throws IOException {
    return new RunningServer(
        SignalingServer.start(
            new ServerSettings(
                "127.0.0.1", webSocketPort, httpPort, data, "test", Limits.DEFAULT, Pace.DEFAULT),
            Clock.systemUTC()));
  }
}
