package org.peerworks.protocol.peerworks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.peerworks.protocol.peerworks.internal.ClientLimits;
import org.peerworks.protocol.peerworks.internal.ReconnectLimits;
import org.peerworks.protocol.peerworks.internal.SessionLimits;
import org.peerworks.protocol.peerworks.internal.Settings;
import org.peerworks.protocol.peerworks.internal.transfer.UploadLimits;
import org.peerworks.protocol.peerworks.internal.wire.LinkLimits;
import org.peerworks.protocol.peerworks.internal.wire.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the configuration and makes settings of it. */
final class Configured {

  private static final Logger LOG = LoggerFactory.getLogger(Configured.class);

  private Configured() {}

  static Settings settings(PeerworksConfig config, String program) {
    Set<String> operators =
        Arrays.stream(config.operators())
            .flatMap(line -> Arrays.stream(line.split("[,\\s]+")))
            .filter(operator -> !operator.isEmpty())
            .collect(Collectors.toSet());
    for (String operator : operators) {
      if (!operator.matches("ed25519:[0-9a-f]{64}")) {
        throw new IllegalArgumentException(
            "'operators' in org.peerworks.protocol.peerworks.cfg holds identities, 'ed25519:' and 64 hexadecimal digits, but '%s' is none. Correct or remove it."
                .formatted(operator));
      }
    }
    return new Settings(
        program.strip(),
        Texts.line(config.name().isBlank() ? userAtHost() : config.name(), 64),
        operators,
        link(config),
        uploads(config),
        new ClientLimits(
            within("maxClients", config.maxClients(), 1, 10_000),
            within("maxPeerConnections", config.maxPeerConnections(), 1, 64),
            within("maxCallerConnections", config.maxCallerConnections(), 1, 10_000),
            seconds("idleSeconds", config.idleSeconds())),
        new SessionLimits(
            within("maxOpenRequests", config.maxOpenRequests(), 1, 10_000),
            within("maxFeeds", config.maxFeeds(), 1, 10_000),
            within("maxFeedCredit", config.maxFeedCredit(), 64, 100_000),
            within("maxTransfers", config.maxTransfers(), 1, 64),
            within("maxInputs", config.maxInputs(), 1, 10_000)),
        Settings.HASH_FIRST,
        kilobytes("windowKilobytes", config.windowKilobytes(), 512, 1 << 20),
        ReconnectLimits.within(
            Duration.ofSeconds(within("reconnectSeconds", config.reconnectSeconds(), 0, 86_400))));
  }

  private static LinkLimits link(PeerworksConfig config) {
    Duration ping = seconds("pingSeconds", config.pingSeconds());
    Duration silence = seconds("silenceSeconds", config.silenceSeconds());
    if (silence.compareTo(ping) <= 0) {
      throw new IllegalArgumentException(
          "'silenceSeconds' in org.peerworks.protocol.peerworks.cfg must be above 'pingSeconds', %d, but is %d."
              .formatted(ping.toSeconds(), silence.toSeconds()));
    }
    return new LinkLimits(
        seconds("helloSeconds", config.helloSeconds()),
        ping,
        silence,
        silence,
        kilobytes("queuedTextKilobytes", config.queuedTextKilobytes(), 8192, 1 << 20),
        kilobytes("queuedKilobytes", config.queuedKilobytes(), 64, 1 << 20),
        kilobytes("maxMessageKilobytes", config.maxMessageKilobytes(), 64, 4096),
        within("messagesPerSecond", config.messagesPerSecond(), 100, 1_000_000));
  }

  private static UploadLimits uploads(PeerworksConfig config) {
    return new UploadLimits(
        megabytes("maxFileMegabytes", config.maxFileMegabytes(), 1),
        megabytes("maxCallerMegabytes", config.maxCallerMegabytes(), 1),
        within("maxCallerFiles", config.maxCallerFiles(), 1, 1_000_000),
        megabytes("diskReserveMegabytes", config.diskReserveMegabytes(), 0),
        Duration.ofMinutes(
            within("uploadExpiryMinutes", config.uploadExpiryMinutes(), 1, 1_000_000)),
        seconds("stallSeconds", config.stallSeconds()));
  }

  private static Duration seconds(String name, int value) {
    return Duration.ofSeconds(within(name, value, 1, 86_400));
  }

  private static int kilobytes(String name, int value, int least, int most) {
    return (int) Math.min(Integer.MAX_VALUE, (long) within(name, value, least, most) << 10);
  }

  private static long megabytes(String name, int value, int least) {
    return (long) within(name, value, least, Integer.MAX_VALUE) << 20;
  }

  private static int within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "'%s' in org.peerworks.protocol.peerworks.cfg must be from %d to %d, but is %d."
              .formatted(name, least, most, value));
    }
    return value;
  }

  private static String userAtHost() {
    String host = "";
    try {
      host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      LOG.debug("The name of this machine is not known", e);
    }
    return System.getProperty("user.name", "somebody") + (host.isEmpty() ? "" : "@" + host);
  }
}
