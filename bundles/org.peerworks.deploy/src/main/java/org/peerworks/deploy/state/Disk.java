package org.peerworks.deploy.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.peerworks.lib.files.AtomicFiles;

/** How bytes get to stable storage. */
interface Disk {

  /** The real one. */
  Disk STABLE =
      new Disk() {
        @Override
        public void replace(Path file, byte[] content) throws IOException {
          AtomicFiles.write(file, content);
        }

        @Override
        public void append(Path file, byte[] content) throws IOException {
          try (FileChannel channel =
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.APPEND)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
              channel.write(rest);
            }
            channel.force(true);
          }
        }
      };

  /** Replaces a file: after a power cut it has the old or the new content. */
  void replace(Path file, byte[] content) throws IOException;

  /** Adds to a file: after a power cut it may have any part of it, from its beginning on. */
  void append(Path file, byte[] content) throws IOException;
}
