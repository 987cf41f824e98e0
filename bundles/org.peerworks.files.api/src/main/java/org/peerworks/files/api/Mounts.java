package org.peerworks.files.api;

import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The mounts of this worker, for its job types and protocols. Every path that came from somebody
 * else goes through here before anything is done with it.
 *
 * <p>A path is absolute, or relative to {@link #workingDirectory()}. Links are followed one by one
 * and only where they lead into a mount; nothing outside is ever touched, so that neither an answer
 * nor its delay tells what is there. A mount is taken by the path that it was configured with, and
 * by the one that this really is.
 *
 * <p>Thread-safe. All methods but {@link #mounts()} and {@link #workingDirectory()} touch the disk
 * and block, at most for the configured time ({@code answerSeconds}): call them on a thread that
 * may. All that take a path throw {@link FileAccessException}: {@code INVALID_REQUEST} for an empty
 * path, one beyond 4096 bytes, and control characters; {@code ACCESS_DENIED}, {@code
 * PATH_NOT_FOUND} and {@code UNAVAILABLE} as described there.
 */
@ProviderType
public interface Mounts {

  /** In the order of the configuration, also those that do not answer now. May be empty. */
  List<Mount> mounts();

  /**
   * What relative paths start from.
   *
   * @return absolute; the first mount if no other is configured, and the worker's data directory if
   *     there is no mount
   */
  Path workingDirectory();

  /**
   * Checks that a file or a directory exists in a mount.
   *
   * @return its real path: absolute, without links. Whoever opens it later by this name trusts that
   *     nobody changes a link meanwhile; {@link #open} does not have to.
   */
  Path require(String path);

  /**
   * Checks that something could be written under a path: the directory that it lies in exists in a
   * mount, and what has the name already, if anything, is a file or a directory there.
   *
   * @return its real path, without links
   */
  Path requireForWriting(String path);

  /**
   * Opens a file by handles from its mount down, so that no link that is swapped in between leads
   * out.
   *
   * @return for reading; the caller closes it
   * @throws FileAccessException {@code INVALID_REQUEST} if it is a directory
   */
  SeekableByteChannel open(String path);

  /**
   * Makes a new file, by handles from its mount down. It appears under its name when it is
   * committed, and never replaces anything.
   *
   * @param path in a directory that exists in a mount; its last name is a plain file name: letters,
   *     digits, {@code . _ -} and space, no leading dot, at most 200 UTF-8 bytes
   * @throws FileAccessException {@code EXISTS} if the name is taken
   */
  NewFile create(String path);

  /**
   * Makes a directory and those above it that do not exist yet, by handles from the mount down.
   * Nothing happens if it is there.
   *
   * @return its real path
   * @throws FileAccessException {@code EXISTS} if a file has one of the names
   */
  Path createDirectories(String path);
}
