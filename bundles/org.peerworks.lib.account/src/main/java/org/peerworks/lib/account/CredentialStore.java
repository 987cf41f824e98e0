package org.peerworks.lib.account;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.peerworks.lib.files.AtomicFiles;

/**
 * The credentials of a user on disk: mode 0600 in a directory of mode 0700, replaced at once.
 * Several processes may change them at the same time.
 */
public final class CredentialStore {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path file;

  public CredentialStore(Places places) {
    this.file = places.credentials();
  }

  public Path file() {
    return file;
  }

  /**
   * @throws BadFileException if the file is damaged
   */
  public Credentials read() throws IOException {
    return Credentials.read(file);
  }

  /** Whether others than the owner may read the file. */
  public boolean exposed() throws IOException {
    return Files.exists(file)
        && Files.getPosixFilePermissions(file).stream()
            .anyMatch(permission -> !permission.name().startsWith("OWNER_"));
  }

  /**
   * Changes them; nothing is written where nothing changes.
   *
   * @return how they are now
   * @throws BadFileException if the file is damaged; it stays as it is
   */
  public Credentials update(UnaryOperator<Credentials> change) throws IOException {
    // A lock of a file is the process's, not the thread's.
    synchronized (CredentialStore.class) {
      return updateAlone(change);
    }
  }

  private Credentials updateAlone(UnaryOperator<Credentials> change) throws IOException {
    UserFolder.make(file.getParent());
    try (FileChannel channel =
            FileChannel.open(
                file.resolveSibling(".credentials.lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                OWNER_ONLY);
        FileLock lock = channel.lock()) {
      Credentials before = read();
      Credentials after = change.apply(before);
      if (!lock.isValid()) {
        throw new IOException("Lost the lock of '" + file + "'.");
      }
      if (!after.equals(before)) {
        AtomicFiles.writeSecret(Files.exists(file) ? file.toRealPath() : file, after.bytes());
      }
      return after;
    }
  }

  /** Forgets all. */
  public void clear() throws IOException {
    Files.deleteIfExists(file);
  }
}
