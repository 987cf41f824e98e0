package org.peerworks.lib.sleap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.Mount;
import org.peerworks.files.api.Mounts;

/**
 * Paths of this worker that a job names instead of bringing files. Each is resolved, links and all,
 * and confined to the worker's mounts when it is used.
 */
public final class WorkerPaths {

  private final Supplier<Optional<Mounts>> mounts;

  /**
   * @param mounts those of this worker; empty while it lets nobody look into its files
   */
  public WorkerPaths(Supplier<Optional<Mounts>> mounts) {
    this.mounts = mounts;
  }

  /** Whether a text is a path of the worker, and not the name of something that was sent. */
  public static boolean isOne(String text) {
    return text.startsWith("/");
  }

  /**
   * A file or a directory in a mount.
   *
   * @param field that names it, for messages
   * @return its real path
   * @throws PackageException if it is outside of the mounts, or there is nothing
   */
  public Path existing(String field, String path) throws PackageException {
    return asked(field, path, all -> all.require(path));
  }

  /** The same of a file. */
  public Path file(String field, String path) throws PackageException {
    Path found = existing(field, path);
    if (!Files.isRegularFile(found)) {
      throw wrong(field, path, "is no file");
    }
    return found;
  }

  /** Checks that something could be written under a path, and gives its real one. */
  public Path writable(String field, String path) throws PackageException {
    return asked(field, path, all -> all.requireForWriting(path));
  }

  /**
   * Reads a small file.
   *
   * @param most bytes that it may have
   */
  public byte[] read(String field, String path, int most) throws IOException {
    try (SeekableByteChannel channel = asked(field, path, all -> all.open(path));
        InputStream in = Channels.newInputStream(channel)) {
      byte[] content = in.readNBytes(most + 1);
      if (content.length > most) {
        throw wrong(field, path, "is larger than " + most + " bytes");
      }
      return content;
    }
  }

  /**
   * Copies a file, through a handle that no link can lead elsewhere meanwhile.
   *
   * @param target that is not there yet
   * @param reserve bytes of the disk to leave free
   */
  public void copy(String field, String path, Path target, long reserve) throws IOException {
    try (SeekableByteChannel channel = asked(field, path, all -> all.open(path));
        InputStream in = Channels.newInputStream(channel)) {
      long usable = Files.getFileStore(target.toAbsolutePath().getParent()).getUsableSpace();
      if (channel.size() > usable - reserve) {
        throw wrong(field, path, "does not fit on the disk of this worker, which is nearly full");
      }
      Files.copy(in, target);
    }
  }

  /** The directories that clients may look into. */
  List<String> roots() {
    return mounts
        .get()
        .map(all -> all.mounts().stream().map(Mount::path).toList())
        .orElse(List.of());
  }

  /** The mounts themselves, to write what a job made. */
  Optional<Mounts> mounts() {
    return mounts.get();
  }

  private interface Question<T> {
    T ask(Mounts mounts);
  }

  private <T> T asked(String field, String path, Question<T> question) throws PackageException {
    Mounts all =
        mounts
            .get()
            .filter(some -> !some.mounts().isEmpty())
            .orElseThrow(
                () ->
                    wrong(
                        field,
                        path,
                        "is a path of this worker, which has no mounts: it lets nobody look into"
                            + " its files. Send the file instead, or ask the worker's"
                            + " administrator for a mount"));
    try {
      return question.ask(all);
    } catch (FileAccessException e) {
      throw new PackageException(
          "'%s' cannot be used: %s".formatted(field, Shown.plain(e.getMessage())), e);
    }
  }

  private static PackageException wrong(String field, String path, String why) {
    return new PackageException("'%s': %s %s.".formatted(field, Shown.quoted(path), why));
  }
}
