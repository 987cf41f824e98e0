package org.peerworks.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.peerworks.lib.files.AtomicFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a way back to a snapshot of the configuration that a power cut has interrupted, so that a
 * worker starts with one state or the other.
 */
final class ConfigRollback {

  private static final Logger LOG = LoggerFactory.getLogger(ConfigRollback.class);
  private static final String FILES = "*.cfg";

  private ConfigRollback() {}

  /**
   * @param data directory; {@code snapshots/config/rolling-back} in it names the snapshot
   * @throws LaunchException if it cannot be ended
   */
  static void finish(Path data) throws LaunchException {
    Path snapshots = data.resolve("snapshots").resolve("config");
    Path pending = snapshots.resolve("rolling-back");
    if (Files.notExists(pending)) {
      return;
    }
    try {
      String id = Files.readString(pending);
      if (!id.matches("[0-9][0-9-]*")) {
        throw new IOException("'" + pending + "' names no snapshot.");
      }
      restore(snapshots.resolve(id), Files.createDirectories(data.resolve("config")));
      Files.delete(pending);
      AtomicFiles.sync(snapshots);
      LOG.info("Ended the interrupted way back to the configuration '{}'", id);
    } catch (IOException e) {
      throw new LaunchException(
          ExitStatus.CONFIGURATION,
          "A way back to an older configuration was interrupted, and cannot be ended: "
              + Reasons.of(e)
              + ". Bring '"
              + data.resolve("config")
              + "' into the state that you want, and delete '"
              + pending
              + "'.",
          e);
    }
  }

  private static void restore(Path snapshot, Path config) throws IOException {
    Set<Path> wanted = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(snapshot, FILES)) {
      for (Path file : files) {
        Path target = config.resolve(file.getFileName());
        AtomicFiles.writeSecret(target, Files.readAllBytes(file));
        wanted.add(target);
      }
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(config, FILES)) {
      for (Path file : files) {
        if (!wanted.contains(file)) {
          Files.delete(file);
        }
      }
    }
    AtomicFiles.sync(config);
  }
}
