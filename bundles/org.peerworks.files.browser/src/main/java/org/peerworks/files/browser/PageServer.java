package org.peerworks.files.browser;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.peerworks.files.api.FilePage;
import org.peerworks.files.api.FilePages;
import org.peerworks.files.api.FileSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server of one page: its files, and the sockets that it asks through. */
final class PageServer implements FilePage {

  /** Longest message of a page: a path in which every character is escaped fits in. */
  static final int LONGEST_MESSAGE = 32 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);

  private static final String HOST = "127.0.0.1";
  private static final int THREADS = 12;
  private static final int CONNECTIONS = 128;

  /** Cookies of many earlier runs fit in. */
  private static final int MAX_HEADER = 32 * 1024;

  private static final int OUTGOING_FRAMES = 8;
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final Run run = Run.begin();
  private final Guard guard = new Guard(run);
  private final Audience audience;
  private final Consumer<PageServer> onClose;
  private final Server server;
  private final ServerConnector connector;
  private final AtomicBoolean closed = new AtomicBoolean();

  private PageServer(FileSource source, Consumer<PageServer> onClose) {
    this.onClose = onClose;
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName("files-page");
    threads.setDaemon(true);
    server = new Server(threads);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(MAX_HEADER);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost(HOST);
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(CONNECTIONS, server));
    WebSocketUpgradeHandler upgrade = WebSocketUpgradeHandler.from(server, this::configure);
    upgrade.setHandler(new PageHandler(run, guard));
    server.setHandler(upgrade);
    audience = new Audience(source);
  }

  /**
   * @param onClose told once, when it is closed
   * @throws IOException if no port is free
   */
  static PageServer start(FileSource source, int port, Consumer<PageServer> onClose)
      throws IOException {
    PageServer page = new PageServer(source, onClose);
    try {
      page.listen(port);
      page.server.start();
      return page;
    } catch (IOException e) {
      page.close();
      throw e;
    } catch (Exception e) {
      page.close();
      throw new IOException("The page's server does not start", e);
    }
  }

  @Override
  public URI address() {
    return URI.create("http://" + HOST + ":" + connector.getLocalPort() + "/?token=" + run.token());
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    audience.close();
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("The server of a page does not stop cleanly", e);
    }
    connector.close();
    server.destroy();
    onClose.accept(this);
  }

  private void listen(int first) throws IOException {
    int last = first == 0 ? 0 : Math.min(first + FilePages.PORTS - 1, 65_535);
    for (int port = first; port <= last; port++) {
      connector.setPort(port);
      try {
        connector.open();
        return;
      } catch (IOException e) {
        boolean inUse = e instanceof BindException || e.getCause() instanceof BindException;
        if (!inUse || port == last) {
          throw new IOException(
              "The page cannot listen on a port from %d to %d: %s. Choose another one with --port."
                  .formatted(first, last, e.getMessage()),
              e);
        }
      }
    }
  }

  private void configure(ServerWebSocketContainer container) {
    container.setMaxTextMessageSize(LONGEST_MESSAGE);
    container.setMaxBinaryMessageSize(1);
    container.setMaxFrameSize(LONGEST_MESSAGE);
    container.setMaxOutgoingFrames(OUTGOING_FRAMES);
    container.setIdleTimeout(IDLE);
    container.addMapping("/ws", this::accept);
  }

  /** Null after a refusal, as Jetty wants it. */
  private Object accept(
      ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
    Optional<String> refusal = guard.socketRefusal(Visit.of(request, run));
    if (refusal.isPresent()) {
      Response.writeError(request, response, callback, HttpStatus.FORBIDDEN_403, refusal.get());
      return null;
    }
    response.setExtensions(List.of());
    return new PageSocket(audience);
  }
}
