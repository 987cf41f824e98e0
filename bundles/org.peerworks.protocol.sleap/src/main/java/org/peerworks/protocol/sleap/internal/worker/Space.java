package org.peerworks.protocol.sleap.internal.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much may be on its way in, over all clients. Thread-safe. */
final class Space {

  private final WorkerLimits limits;
  private final Disk disk;
  private int files;
  private long bytes;

  /** Tells how much room there is. */
  interface Disk {

    Disk REAL = directory -> Files.getFileStore(directory).getUsableSpace();

    long free(Path directory) throws IOException;
  }

  Space(WorkerLimits limits, Disk disk) {
    this.limits = limits;
    this.disk = disk;
  }

  /**
   * Takes room for a file.
   *
   * @param directory where it will lie; exists
   * @throws Refusal if it is too large, or there is no room
   */
  synchronized Grant take(Path directory, long size) throws IOException {
    if (size > limits.fileBytes()) {
      throw new Refusal(
          "LIMIT",
          "The file has %d bytes, but this worker takes at most %d."
              .formatted(size, limits.fileBytes()));
    }
    if (files >= limits.uploads()) {
      throw new Refusal(
          "LIMIT",
          "This worker already receives %d files, its limit. Try again later.".formatted(files));
    }
    // Those on their way may have been written in part: counted in full, to be on the safe side.
    long free = disk.free(directory);
    if (free - limits.reserveBytes() - bytes < size) {
      throw new Refusal(
          "NO_SPACE", "The worker's disk has no room for a file of %d bytes.".formatted(size));
    }
    files++;
    bytes += size;
    return new Grant(size);
  }

  /** Room for one file, until it is given back. */
  final class Grant {

    private final long size;
    private boolean over;

    private Grant(long size) {
      this.size = size;
    }

    void giveBack() {
      synchronized (Space.this) {
        if (!over) {
          over = true;
          files--;
          bytes -= size;
        }
      }
    }
  }
}
