package org.peerworks.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.peerworks.signaling.api.Proof;

/** The key that opens the worker's room, out of the configuration or a file of its own. */
final class Keys {

  private static final Pattern KEY = Pattern.compile("slp_[A-Za-z0-9_-]{8,200}");
  private static final int MOST = 1024;

  private Keys() {}

  /**
   * @return empty if none is configured
   * @throws IllegalArgumentException naming what is wrong, without the key
   */
  static Optional<Proof.ApiKey> of(WorkerRoom.Config config) {
    String key = config.key().strip();
    String file = config.keyFile().strip();
    if (!key.isEmpty() && !file.isEmpty()) {
      throw new IllegalArgumentException(
          "'key' and 'keyFile' in org.peerworks.worker.cfg say the same; set one of them.");
    }
    if (!file.isEmpty()) {
      return Optional.of(checked(read(file), "The file '" + file + "'"));
    }
    return key.isEmpty()
        ? Optional.empty()
        : Optional.of(checked(key, "'key' in org.peerworks.worker.cfg"));
  }

  private static String read(String file) {
    try {
      Path path = Path.of(file);
      if (Files.size(path) > MOST) {
        throw new IllegalArgumentException(
            "The file '" + file + "' is too long to hold a key and nothing else.");
      }
      return Files.readString(path, StandardCharsets.UTF_8).strip();
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "'keyFile' in org.peerworks.worker.cfg is '" + file + "', which cannot be read.", e);
    }
  }

  private static Proof.ApiKey checked(String key, String where) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          where + " holds no worker token (slp_…) and no account key (slp_acct_…).");
    }
    return new Proof.ApiKey(key);
  }
}
