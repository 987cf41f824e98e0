package org.peerworks.signaling.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.signaling.server.accounts.User;

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

  /**
   * Somebody with an account.
   *
   * @param jwt a login
   * @param key an account key
   * @param roomId a room of that account
   * @param token a worker token of the room
   */
  public record Account(String jwt, String key, String roomId, String token) {}

  public Account account(String name) throws Exception {
    Services services = server.services();
    User user = services.users().add(name, "long enough");
    String key = services.users().addKey(user, "laptop").secret();
    String id = services.rooms().create(user.id(), "Lab", Lease.FOREVER).id();
    WorkerToken.Made token =
        WorkerToken.make(id, "gpu", user.id(), Instant.now(), Optional.empty());
    services.rooms().find(id).orElseThrow().change(now -> now.with(token.token()));
    return new Account(services.logins().issue(user), key, id, token.secret());
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
