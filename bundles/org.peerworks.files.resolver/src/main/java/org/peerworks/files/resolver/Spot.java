package org.peerworks.files.resolver;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;

/**
 * Where a path has led to: an open handle of the directory that the file or directory lies in.
 * Everything here goes by that handle and follows no link. On the mount's lane only; closed by
 * whoever has walked there.
 */
final class Spot implements Closeable {

  private final Mounted mount;
  private final Path real;
  private final SecureDirectoryStream<Path> parent;
  private final Path name;
  private final BasicFileAttributes attributes;

  /**
   * @param parent closed with this; of the mount itself if there is no name
   * @param name single; null for the mount itself
   * @param attributes null if there is nothing of that name
   */
  Spot(
      Mounted mount,
      Path real,
      SecureDirectoryStream<Path> parent,
      Path name,
      BasicFileAttributes attributes) {
    this.mount = mount;
    this.real = real;
    this.parent = parent;
    this.name = name;
    this.attributes = attributes;
  }

  Mounted mount() {
    return mount;
  }

  Path real() {
    return real;
  }

  /** Last name; null for the mount itself. */
  Path name() {
    return name;
  }

  SecureDirectoryStream<Path> parent() {
    return parent;
  }

  boolean exists() {
    return attributes != null;
  }

  BasicFileAttributes attributes() {
    return attributes;
  }

  /** Opens the directory itself, not the one it lies in; the caller closes it. */
  SecureDirectoryStream<Path> directory() throws IOException {
    if (!attributes.isDirectory()) {
      throw new FileAccessException(
          Code.INVALID_REQUEST, "'" + real + "' is a file. A directory was wanted.");
    }
    return parent.newDirectoryStream(name == null ? Path.of(".") : name, LinkOption.NOFOLLOW_LINKS);
  }

  /** Opens the file for reading; the caller closes it. */
  FileChannel file() throws IOException {
    if (!attributes.isRegularFile()) {
      throw new FileAccessException(
          Code.INVALID_REQUEST, "'" + real + "' is a directory. A file was wanted.");
    }
    return mount.lane().opener().open(parent, name, real);
  }

  static BasicFileAttributes attributes(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    return directory
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  /** Opens a directory of the worker's own choice: a mount. */
  static SecureDirectoryStream<Path> open(Path directory) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw new IOException("The file system of '" + directory + "' cannot be used by handles.");
  }

  @Override
  public void close() throws IOException {
    parent.close();
  }
}
