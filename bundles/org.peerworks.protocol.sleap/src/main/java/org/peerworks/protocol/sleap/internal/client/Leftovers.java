package org.peerworks.protocol.sleap.internal.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.peerworks.lib.files.FileTrees;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What clients left behind that were killed. */
final class Leftovers {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  private Leftovers() {}

  /** Deletes the folders of a directory that nobody has written to for so long. */
  static void delete(Path directory, Duration age) {
    Instant limit = Instant.now().minus(age);
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path folder : entries.toList()) {
        if (Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
          FileTrees.delete(folder);
        }
      }
    } catch (IOException e) {
      LOG.warn("What earlier clients left in '{}' could not be deleted", directory, e);
    }
  }
}
