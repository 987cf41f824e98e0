package org.peerworks.protocol.sleap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.peerworks.lib.account.Places;
import org.peerworks.lib.account.RoomSecret;
import org.peerworks.protocol.sleap.internal.auth.SecretVerifier;
import org.peerworks.protocol.sleap.internal.auth.Verifier;
import org.peerworks.protocol.sleap.internal.worker.InputPlaces;
import org.peerworks.protocol.sleap.internal.worker.WorkerLimits;

/** Checks the configuration and makes settings of it. */
final class Configured {

  private static final String FILE = "org.peerworks.protocol.sleap.cfg";
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private Configured() {}

  static WorkerLimits limits(SleapConfig config) {
    return new WorkerLimits(
        within("maxClients", config.maxClients(), 1, 10_000),
        within("maxPeerChannels", config.maxPeerChannels(), 1, 64),
        within("maxJobs", config.maxJobs(), 1, 1000),
        within("maxMessageKilobytes", config.maxMessageKilobytes(), 64, 4096) << 10,
        within("messagesPerSecond", config.messagesPerSecond(), 5, 100_000),
        megabytes("maxFileMegabytes", config.maxFileMegabytes(), 1),
        within("maxUploads", config.maxUploads(), 1, 1000),
        megabytes("diskReserveMegabytes", config.diskReserveMegabytes(), 0),
        seconds("stallSeconds", config.stallSeconds(), 5),
        seconds("idleSeconds", config.idleSeconds(), 30),
        seconds("keepAliveSeconds", config.keepAliveSeconds(), 1),
        seconds("authSeconds", config.authSeconds(), 1),
        within("redrawsPerSecond", config.redrawsPerSecond(), 1, 100),
        within("cachedFiles", config.cachedFiles(), 0, 1_000_000));
  }

  static Duration keysAge(SleapConfig config) {
    return seconds("keysSeconds", config.keysSeconds(), 1);
  }

  static InputPlaces places(SleapConfig config) {
    return new InputPlaces(config.inputDirectory().strip(), config.outputDirectory().strip());
  }

  /**
   * The room's secret, as it was given, else out of its file.
   *
   * @param keys directory of the worker's keys
   * @return empty if none is configured and the default file is not there
   */
  static Optional<SecretVerifier> secret(SleapConfig config, Path keys) {
    if (!config.roomSecret().isBlank()) {
      try {
        return Optional.of(new SecretVerifier(config.roomSecret()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "The room's secret ('roomSecret', or --room-secret) cannot be used: %s. Make one with 'peerworks room create-secret'."
                .formatted(e.getMessage()),
            e);
      }
    }
    boolean chosen = !config.roomSecretFile().isBlank();
    String name = chosen ? config.roomSecretFile().strip() : "sleap-room-secret";
    try {
      Path file = keys.resolve(name);
      if (!chosen && !Files.exists(file)) {
        return Optional.empty();
      }
      if (Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
        throw new IllegalArgumentException(
            "The room's secret in '%s' can be read by others. Call 'chmod 600 %s', and make a new secret if others have seen it."
                .formatted(file, file));
      }
      if (Files.size(file) > 4096) {
        throw new IllegalArgumentException(
            "The file '%s' is too long to hold a room's secret and nothing else.".formatted(file));
      }
      return Optional.of(verifier(file));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "The room's secret cannot be read from '%s'. Correct 'roomSecretFile' in %s."
              .formatted(name, FILE),
          e);
    }
  }

  /**
   * Where a worker finds the secret of its room: in its own file, else where sleap-rtc keeps them,
   * under the room's id or under {@code default}.
   *
   * @param own out of the worker's own file
   */
  static Function<String, Optional<Verifier>> secrets(Optional<SecretVerifier> own, Places places) {
    return room -> {
      if (own.isPresent()) {
        return Optional.of(own.get());
      }
      try {
        Optional<RoomSecret> found = RoomSecret.find(places, Optional.empty(), Optional.of(room));
        if (found.isEmpty()) {
          found = RoomSecret.find(places, Optional.empty(), Optional.empty());
        }
        return found.map(secret -> new SecretVerifier(secret.key()));
      } catch (IOException | IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "The room's secret cannot be used: " + e.getMessage(), e);
      }
    };
  }

  private static SecretVerifier verifier(Path file) throws IOException {
    try {
      return new SecretVerifier(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The room's secret in '%s' cannot be used: %s. Make one with 'peerworks room create-secret'."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static Duration seconds(String name, int value, int least) {
    return Duration.ofSeconds(within(name, value, least, 86_400));
  }

  private static long megabytes(String name, int value, int least) {
    return (long) within(name, value, least, Integer.MAX_VALUE) << 20;
  }

  private static int within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "'%s' in %s must be from %d to %d, but is %d.".formatted(name, FILE, least, most, value));
    }
    return value;
  }
}
