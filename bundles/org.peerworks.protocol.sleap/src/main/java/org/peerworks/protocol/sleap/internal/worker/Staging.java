package org.peerworks.protocol.sleap.internal.worker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.peerworks.lib.files.FileTrees;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where inputs lie until the job engine has taken them; nothing of it outlives the process. */
final class Staging {

  private static final Logger LOG = LoggerFactory.getLogger(Staging.class);

  private final Path root;
  private boolean cleared;

  /**
   * @param root of this protocol alone
   */
  Staging(Path root) {
    this.root = root;
  }

  /**
   * A new directory for one job's inputs. The first time, what an earlier process left is deleted:
   * not before, since a client's process has the same data directory, but takes nothing in.
   */
  synchronized Path directory() throws IOException {
    if (!cleared) {
      delete(root);
      cleared = true;
    }
    Files.createDirectories(
        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return Files.createDirectory(
        root.resolve(UUID.randomUUID().toString()),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  static void delete(Path path) {
    try {
      FileTrees.delete(path);
    } catch (IOException e) {
      LOG.warn("'{}' could not be deleted", path, e);
    }
  }
}
