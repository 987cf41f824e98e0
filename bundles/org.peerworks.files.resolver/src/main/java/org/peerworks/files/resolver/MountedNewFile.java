package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import org.peerworks.files.api.NewFile;

/**
 * A file on its way into a mount, under a temporary name in the directory that it is for. That
 * directory is held open, so that the file ends where it was asked for, whatever happens to the
 * path meanwhile.
 */
final class MountedNewFile implements NewFile {

  private static final Set<? extends OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final SecureDirectoryStream<Path> directory;
  private final Path name;
  private final Path real;
  private final Path temporary;
  private final FileChannel channel;
  private boolean open = true;

  private MountedNewFile(
      SecureDirectoryStream<Path> directory,
      Path name,
      Path real,
      Path temporary,
      FileChannel channel) {
    this.directory = directory;
    this.name = name;
    this.real = real;
    this.temporary = temporary;
    this.channel = channel;
  }

  /** Begins a file where a path has led to. */
  static MountedNewFile create(Spot spot) throws IOException {
    SecureDirectoryStream<Path> directory =
        spot.parent().newDirectoryStream(Path.of("."), LinkOption.NOFOLLOW_LINKS);
    try {
      Path temporary = Path.of(".peerworks-" + UUID.randomUUID() + ".part");
      FileChannel channel = (FileChannel) directory.newByteChannel(temporary, NEW);
      return new MountedNewFile(directory, spot.name(), spot.real(), temporary, channel);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return channel.write(source);
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public Path commit() throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
    try {
      channel.force(true);
      channel.close();
      // The name is taken first, which fails if it is taken already; then it gets its content.
      directory.newByteChannel(name, NEW).close();
      directory.move(temporary, directory, name);
      return real;
    } catch (FileAlreadyExistsException e) {
      throw WorkerMounts.taken(real.toString());
    } finally {
      close();
    }
  }

  @Override
  public void close() throws IOException {
    if (!open) {
      return;
    }
    open = false;
    try {
      channel.close();
      directory.deleteFile(temporary);
    } catch (NoSuchFileException e) {
      return; // it has its name now
    } finally {
      directory.close();
    }
  }
}
