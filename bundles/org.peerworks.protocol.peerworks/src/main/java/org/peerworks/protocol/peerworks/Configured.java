package org.peerworks.protocol.peerworks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.peerworks.protocol.peerworks.internal.ClientLimits;
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
    int window = atLeast("windowKilobytes", config.windowKilobytes(), 512) << 10;
    return new Settings(
        program.strip(),
        Texts.line(config.name().isBlank() ? userAtHost() : config.name(), 64),
        operators,
        new LinkLimits(
            seconds("helloSeconds", config.helloSeconds()),
            seconds("pingSeconds", config.pingSeconds()),
            seconds("silenceSeconds", config.silenceSeconds()),
            seconds("silenceSeconds", config.silenceSeconds()),
            LinkLimits.DEFAULT.waitingText(),
            atLeast("queuedKilobytes", config.queuedKilobytes(), 64) << 10,
            LinkLimits.DEFAULT.messagesPerSecond()),
        new UploadLimits(
            (long) atLeast("maxFileMegabytes", config.maxFileMegabytes(), 1) << 20,
            (long) atLeast("maxCallerMegabytes", config.maxCallerMegabytes(), 1) << 20,
            atLeast("maxCallerFiles", config.maxCallerFiles(), 1),
            (long) atLeast("diskReserveMegabytes", config.diskReserveMegabytes(), 0) << 20,
            Duration.ofMinutes(atLeast("uploadExpiryMinutes", config.uploadExpiryMinutes(), 1)),
            UploadLimits.DEFAULT.stall()),
        new ClientLimits(
            atLeast("maxClients", config.maxClients(), 1),
            atLeast("maxPeerConnections", config.maxPeerConnections(), 1),
            atLeast("maxCallerConnections", config.maxCallerConnections(), 1),
            seconds("idleSeconds", config.idleSeconds())),
        SessionLimits.DEFAULT,
        Settings.HASH_FIRST,
        window);
  }

  private static Duration seconds(String name, int value) {
    return Duration.ofSeconds(atLeast(name, value, 1));
  }

  private static int atLeast(String name, int value, int least) {
    if (value < least || value > 1 << 20) {
      throw new IllegalArgumentException(
          "'%s' in org.peerworks.protocol.peerworks.cfg must be from %d to %d, but is %d."
              .formatted(name, least, 1 << 20, value));
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
