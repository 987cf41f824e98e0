package org.peerworks.job.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.Mount;
import org.peerworks.files.api.Mounts;
import org.peerworks.files.api.NewFile;

/** One directory as the only mount of a worker. */
public final class DirectoryMounts implements Mounts {

  private final Path root;
  private boolean readOnly;

  public DirectoryMounts(Path directory) throws IOException {
    root = directory.toRealPath();
  }

  /** From now on nothing can be written. */
  public DirectoryMounts readOnly() {
    readOnly = true;
    return this;
  }

  @Override
  public List<Mount> mounts() {
    return List.of(new Mount("data", root.toString()));
  }

  @Override
  public Path workingDirectory() {
    return root;
  }

  @Override
  public Path require(String path) {
    Path parent = real(root.resolve(path).normalize());
    if (!parent.startsWith(root)) {
      throw denied(path);
    }
    if (!Files.exists(parent)) {
      throw new FileAccessException(
          FileAccessException.Code.PATH_NOT_FOUND, "There is no '" + path + "'.");
    }
    return parent;
  }

  @Override
  public Path requireForWriting(String path) {
    Path wanted = root.resolve(path);
    Path parent = require(wanted.getParent().toString());
    if (readOnly) {
      throw denied(path);
    }
    return real(parent.resolve(wanted.getFileName()));
  }

  @Override
  public SeekableByteChannel open(String path) {
    try {
      return Files.newByteChannel(require(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public NewFile create(String path) {
    Path file = requireForWriting(path);
    if (Files.exists(file)) {
      throw new FileAccessException(
          FileAccessException.Code.EXISTS, "'" + path + "' exists already.");
    }
    return new Written(file);
  }

  @Override
  public Path createDirectories(String path) {
    Path wanted = root.resolve(path).normalize();
    if (!wanted.startsWith(root) || readOnly) {
      throw denied(path);
    }
    try {
      return Files.createDirectories(wanted).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path real(Path path) {
    try {
      return Files.exists(path) ? path.toRealPath() : path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileAccessException denied(String path) {
    return new FileAccessException(
        FileAccessException.Code.ACCESS_DENIED, "'" + path + "' is not within the mounts.");
  }

  private static final class Written implements NewFile {
    private final Path file;
    private final FileChannel channel;

    Written(Path file) {
      this.file = file;
      try {
        channel =
            FileChannel.open(
                file.resolveSibling(file.getFileName() + ".part"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Path commit() throws IOException {
      channel.close();
      return Files.move(file.resolveSibling(file.getFileName() + ".part"), file);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      return channel.write(bytes);
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".part"));
    }
  }
}
