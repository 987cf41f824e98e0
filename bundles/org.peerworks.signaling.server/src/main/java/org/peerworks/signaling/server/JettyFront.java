package org.peerworks.signaling.server;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two ports. Each answers both: an upgrade on any path is a socket, the rest are calls. */
final class JettyFront implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JettyFront.class);

  private static final int MAX_THREADS = 24;
  private static final int MAX_HEADER = 8 * 1024;
  private static final int CALLS_AT_ONCE = 256;

  /** One message, one ping, one pong and the close are under way at most. */
  private static final int OUTGOING_FRAMES = 8;

  private static final Duration CALL_IDLE = Duration.ofSeconds(30);

  private final ServerSettings settings;
  private final Hub hub;
  private final Server server;
  private final ServerConnector webSocket;
  private final ServerConnector http;

  JettyFront(ServerSettings settings, Hub hub, HttpApi api) {
    this.settings = settings;
    this.hub = hub;
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("signaling-server");
    threads.setDaemon(true);
    server = new Server(threads);
    webSocket = connector(settings.webSocketPort());
    http = connector(settings.httpPort());
    server.addBean(new NetworkConnectionLimit(settings.limits().sockets() + CALLS_AT_ONCE, server));
    WebSocketUpgradeHandler upgrade = WebSocketUpgradeHandler.from(server, this::configure);
    upgrade.setHandler(new HttpCalls(api, settings.proxies(), threads));
    server.setHandler(upgrade);
  }

  /**
   * @throws IOException if a port is in use, or the host is not one of this machine; says what to
   *     do
   */
  void start() throws IOException {
    open(webSocket, "webSocketPort");
    open(http, "httpPort");
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("The signalling server does not start", e);
    }
  }

  int webSocketPort() {
    return webSocket.getLocalPort();
  }

  int httpPort() {
    return http.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("The signalling server does not stop cleanly", e);
    }
    webSocket.close();
    http.close();
    server.destroy();
  }

  private ServerConnector connector(int port) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(MAX_HEADER);
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost(settings.host());
    connector.setPort(port);
    connector.setIdleTimeout(CALL_IDLE.toMillis());
    server.addConnector(connector);
    return connector;
  }

  private void open(ServerConnector connector, String setting) throws IOException {
    try {
      connector.open();
    } catch (IOException e) {
      webSocket.close();
      String at = settings.host() + ":" + connector.getPort();
      boolean inUse = e instanceof BindException || e.getCause() instanceof BindException;
      throw new IOException(
          inUse
              ? "The signalling server cannot listen on "
                  + at
                  + ": the port is in use, or the address is not this machine's. Stop the other"
                  + " program, or set '"
                  + setting
                  + "' or 'host' in org.peerworks.signaling.server.cfg."
              : "The signalling server cannot listen on " + at + ": " + e.getMessage(),
          e);
    }
  }

  private void configure(ServerWebSocketContainer container) {
    container.setMaxTextMessageSize(settings.limits().messageBytes());
    container.setMaxBinaryMessageSize(1);
    container.setMaxFrameSize(settings.limits().messageBytes());
    container.setMaxOutgoingFrames(OUTGOING_FRAMES);
    container.setIdleTimeout(settings.pace().silence().plus(settings.pace().ping()));
    container.addMapping(
        "/*", (request, response, callback) -> accept(request, response, callback));
  }

  /** Null after a refusal, as Jetty wants it. */
  private Object accept(
      ServerUpgradeRequest request,
      ServerUpgradeResponse response,
      org.eclipse.jetty.util.Callback callback) {
    Optional<Seat> seat = hub.seat(HttpCalls.caller(request, settings.proxies()));
    if (seat.isEmpty()) {
      Response.writeError(
          request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, "Too many connections");
      return null;
    }
    Request.addCompletionListener(
        request,
        failure -> {
          if (failure != null) {
            hub.free(seat.get());
          }
        });
    response.setExtensions(List.of());
    return new JettySocket(hub, seat.get(), settings.limits());
  }
}
