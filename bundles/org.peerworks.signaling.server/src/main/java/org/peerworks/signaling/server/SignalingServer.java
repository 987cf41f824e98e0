package org.peerworks.signaling.server;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.peerworks.signaling.api.ServerAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms and the two ports that lead to them, from start to close. Needs no framework. */
final class SignalingServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SignalingServer.class);
  private static final Duration EXPIRY = Duration.ofMinutes(1);
  private static final Duration GOODBYE = Duration.ofSeconds(1);
  private static final Duration RELAY_LOOK = Duration.ofSeconds(5);

  /** Half of how long a call may be idle. */
  private static final Duration RELAY_ALIVE = Duration.ofSeconds(15);

  private final ServerSettings settings;
  private final Services services;
  private final JettyFront front;
  private final ScheduledExecutorService timer;
  private ServerAddress address;

  private SignalingServer(ServerSettings settings, Clock clock) throws IOException {
    this.settings = settings;
    services = new Services(settings, clock);
    front = new JettyFront(settings, services.hub(), services.api());
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "signaling-server-timer");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * @throws IOException if a port is in use or the data directory cannot be used; says what to do
   */
  static SignalingServer start(ServerSettings settings, Clock clock) throws IOException {
    SignalingServer server = new SignalingServer(settings, clock);
    try {
      server.front.start();
    } catch (IOException e) {
      server.timer.shutdownNow();
      throw e;
    }
    try {
      server.listen();
    } catch (IOException e) {
      server.close();
      throw e;
    }
    LOG.info(
        "Signalling server listens at '{}' and '{}'",
        server.address().webSocket(),
        server.address().http());
    return server;
  }

  /** With the actual ports; stays the same after the end. */
  ServerAddress address() {
    return address;
  }

  /** Says goodbye to all peers. Returns within three seconds. */
  @Override
  public void close() {
    timer.shutdownNow();
    for (Conversation conversation : services.hub().conversations()) {
      conversation.socket().close(CloseCode.GOING_AWAY, "The signalling server stops");
    }
    services.relay().close();
    services.hub().awaitEnd(GOODBYE);
    front.close();
    try {
      services.adminKey().delete();
    } catch (IOException e) {
      LOG.warn("Cannot delete the file for the administrator", e);
    }
  }

  Services services() {
    return services;
  }

  Administration administration() {
    return services.administration();
  }

  private void listen() throws IOException {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    address =
        new ServerAddress(
            URI.create("ws://" + host + ":" + front.webSocketPort()),
            URI.create("http://" + host + ":" + front.httpPort()));
    services.adminKey().write(fromHere());
    Pace pace = settings.pace();
    every(pace.ping(), () -> services.hub().ping(pace));
    every(pace.registerWithin().dividedBy(4), () -> services.hub().checkRegistered(pace));
    every(RELAY_LOOK, services.relay()::tick);
    every(RELAY_ALIVE, services.relay()::keepAlive);
    every(EXPIRY, () -> services.rooms().expire(pace.roomLifetime()));
  }

  /** Every address of this machine is one to listen on, but none to connect to. */
  private URI fromHere() {
    String host =
        switch (settings.host()) {
          case "0.0.0.0" -> "127.0.0.1";
          case "::" -> "[::1]";
          default -> address.http().getHost();
        };
    return URI.create("http://" + host + ":" + front.httpPort());
  }

  private void every(Duration period, Runnable task) {
    timer.scheduleAtFixedRate(
        () -> {
          try {
            task.run();
          } catch (RuntimeException | Error e) { // or the timer would drop it silently
            LOG.warn("A regular task of the signalling server failed", e);
          }
        },
        period.toNanos(),
        period.toNanos(),
        TimeUnit.NANOSECONDS);
  }
}
