package org.peerworks.signaling.server;

import java.nio.file.Path;
import java.time.Duration;
import org.peerworks.signaling.server.SignalingServerComponent.Config;

/** Checks the configuration. */
final class Configured {

  private static final int MIB = 1 << 20;

  private Configured() {}

  /**
   * @throws IllegalArgumentException if a value cannot be used; the message names it
   */
  static ServerSettings settings(Config config, Path data, String version) {
    return new ServerSettings(
        config.host(),
        within("webSocketPort", config.webSocketPort(), 0, 65_535),
        within("httpPort", config.httpPort(), 0, 65_535),
        data,
        version,
        limits(config),
        pace(config),
        new ServerSettings.OpenTo(config.anonymousSignIn(), config.inviteAccounts()),
        Proxies.of(config.trustedProxies()));
  }

  private static Limits limits(Config config) {
    int message = within("maxMessageBytes", config.maxMessageBytes(), 16 << 10, MIB);
    return new Limits(
        within("maxConnections", config.maxConnections(), 1, 100_000),
        within("maxConnectionsPerAddress", config.maxConnectionsPerAddress(), 1, 100_000),
        message,
        within("maxMetadataCharacters", config.maxMetadataCharacters(), 1024, 64 << 10),
        // A reader must be able to take one message of the largest size at least.
        within("maxQueueCharacters", config.maxQueueCharacters(), 2 * message, 256 * MIB),
        within("maxRooms", config.maxRooms(), 1, 1_000_000),
        within("maxRoomsPerOwner", config.maxRoomsPerOwner(), 1, 1_000_000),
        within("maxPeersPerRoom", config.maxPeersPerRoom(), 2, 10_000),
        within("maxIdsPerRoom", config.maxIdsPerRoom(), 2, 100_000),
        within("maxIdsPerName", config.maxIdsPerName(), 1, 100_000),
        within("messagesPerSecond", config.messagesPerSecond(), 1, 10_000),
        within("signInsPerMinute", config.signInsPerMinute(), 1, 1_000_000),
        within("maxUsers", config.maxUsers(), 1, 100_000),
        within("maxKeysPerUser", config.maxKeysPerUser(), 1, 1_000),
        within("maxMembersPerRoom", config.maxMembersPerRoom(), 1, 10_000),
        within("maxTokensPerRoom", config.maxTokensPerRoom(), 1, 10_000),
        within("loginsPerMinute", config.loginsPerMinute(), 1, 10_000));
  }

  private static Pace pace(Config config) {
    int ping = within("pingSeconds", config.pingSeconds(), 1, 3600);
    return new Pace(
        Duration.ofSeconds(within("registerSeconds", config.registerSeconds(), 1, 600)),
        Duration.ofSeconds(ping),
        // At least one ping must have had time to be answered.
        Duration.ofSeconds(within("silenceSeconds", config.silenceSeconds(), ping + 1, 7200)),
        Duration.ofDays(within("roomDays", config.roomDays(), 1, 36_500)));
  }

  private static int within(String name, int value, int from, int to) {
    if (value < from || value > to) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' in 'org.peerworks.signaling.server.cfg' is "
              + value
              + "; a number from "
              + from
              + " to "
              + to
              + " was expected.");
    }
    return value;
  }
}
