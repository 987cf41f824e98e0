package org.peerworks.health.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.peerworks.health.Config;
import org.peerworks.health.api.Health;
import org.peerworks.lib.files.AtomicFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the figures and the checks to programs on this machine. It is not even made unless there
 * is a configuration, and opens nothing unless that has a port.
 */
@Component(
    service = HealthServer.class,
    immediate = true,
    configurationPid = Config.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class HealthServer {

  private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);
  private static final int THREADS = 2;
  private static final int WAITING = 32;

  private final Optional<HttpServer> server;
  private final ThreadPoolExecutor threads;
  private final Path file;

  @Activate
  public HealthServer(
      BundleContext context,
      @Reference(name = "health") Health health,
      @Reference(name = "figures") Figures figures,
      Config config)
      throws IOException {
    this(
        Path.of(context.getProperty("peerworks.data")),
        new HealthPages(health, figures::text),
        config.httpPort());
  }

  /**
   * @param port 0 for any; -1 for none
   */
  HealthServer(Path data, HealthPages pages, int port) throws IOException {
    file = data.resolve("health").resolve("http");
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            body -> {
              Thread thread = new Thread(body, "health-http-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    server = port < 0 ? Optional.empty() : Optional.of(open(port, pages));
  }

  private HttpServer open(int port, HealthPages pages) throws IOException {
    HttpServer made;
    try {
      made =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), WAITING);
    } catch (IOException e) {
      throw new IOException(
          "Cannot serve on 127.0.0.1:%d (%s). Choose another 'httpPort' in %s.cfg, or 0 for any."
              .formatted(port, e.getMessage(), Config.PID),
          e);
    }
    made.setExecutor(threads);
    made.createContext("/", exchange -> serve(exchange, pages));
    made.start();
    String address = "http://127.0.0.1:" + made.getAddress().getPort();
    try {
      Files.createDirectories(file.getParent());
      AtomicFiles.write(file, (address + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      made.stop(0);
      throw e;
    }
    LOG.info("Figures on {}/metrics, checks on {}/health", address, address);
    return made;
  }

  private static void serve(HttpExchange exchange, HealthPages pages) throws IOException {
    try (exchange) {
      HealthPages.Page page =
          pages.answer(
              exchange.getRequestMethod(),
              exchange.getRequestURI(),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")).orElse(""));
      byte[] body = page.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", page.type());
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      if (page.status() == HealthPages.WRONG_METHOD) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      }
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(page.status(), head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // this is stopping
    } catch (RuntimeException | Error e) {
      LOG.error("Cannot answer '{}'", exchange.getRequestURI(), e);
    }
  }

  /** Where it serves. */
  Optional<InetSocketAddress> address() {
    return server.map(HttpServer::getAddress);
  }

  @Deactivate
  void stop() throws IOException {
    threads.shutdownNow();
    if (server.isPresent()) {
      server.get().stop(0);
      Files.deleteIfExists(file);
    }
  }
}
