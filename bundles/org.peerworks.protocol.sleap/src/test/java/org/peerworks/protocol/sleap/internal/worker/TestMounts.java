package org.peerworks.protocol.sleap.internal.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.Mount;
import org.peerworks.files.api.Mounts;
import org.peerworks.files.api.NewFile;

/** One directory as the only mount. */
final class TestMounts implements Mounts {

  final Path root;

  TestMounts(Path root) throws IOException {
    this.root = Files.createDirectories(root).toRealPath();
  }

  @Override
  public List<Mount> mounts() {
    return List.of(new Mount("data", root.toString()));
  }

  @Override
  public Path workingDirectory() {
    return root;
  }

  private Path confined(String name) {
    try {
      return confined(Path.of(name));
    } catch (InvalidPathException e) {
      throw new FileAccessException(
          FileAccessException.Code.INVALID_REQUEST, "The name cannot be used on this worker.");
    }
  }

  private Path confined(Path path) {
    Path absolute = root.resolve(path).normalize();
    if (!absolute.startsWith(root)) {
      throw new FileAccessException(
          FileAccessException.Code.ACCESS_DENIED, "Path not within configured mounts");
    }
    return absolute;
  }

  @Override
  public Path require(String path) {
    try {
      Path real = confined(path);
      if (!Files.exists(real)) {
        throw new FileAccessException(
            FileAccessException.Code.PATH_NOT_FOUND, "File not found: " + path);
      }
      return confined(real.toRealPath());
    } catch (IOException e) {
      throw new FileAccessException(FileAccessException.Code.INTERNAL, "disk", e);
    }
  }

  @Override
  public Path requireForWriting(String path) {
    Path target = confined(path);
    require(target.getParent().toString());
    return target;
  }

  @Override
  public SeekableByteChannel open(String path) {
    try {
      return Files.newByteChannel(require(path));
    } catch (IOException e) {
      throw new FileAccessException(FileAccessException.Code.INTERNAL, "disk", e);
    }
  }

  @Override
  public NewFile create(String path) {
    Path target = requireForWriting(path);
    if (Files.exists(target)) {
      throw new FileAccessException(FileAccessException.Code.EXISTS, "It exists: " + path);
    }
    Path part = target.resolveSibling(".new-" + System.nanoTime());
    try {
      return new Part(
          part,
          target,
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new FileAccessException(FileAccessException.Code.INTERNAL, "disk", e);
    }
  }

  @Override
  public Path createDirectories(String path) {
    try {
      return Files.createDirectories(confined(path));
    } catch (FileAlreadyExistsException e) {
      throw new FileAccessException(FileAccessException.Code.EXISTS, "a file", e);
    } catch (IOException e) {
      throw new FileAccessException(FileAccessException.Code.INTERNAL, "disk", e);
    }
  }

  private record Part(Path part, Path target, FileChannel out) implements NewFile {

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      return out.write(bytes);
    }

    @Override
    public boolean isOpen() {
      return out.isOpen();
    }

    @Override
    public Path commit() throws IOException {
      out.close();
      return Files.move(part, target);
    }

    @Override
    public void close() throws IOException {
      out.close();
      Files.deleteIfExists(part);
    }
  }
}
