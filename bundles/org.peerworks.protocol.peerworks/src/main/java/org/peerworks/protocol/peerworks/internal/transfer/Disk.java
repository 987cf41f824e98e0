package org.peerworks.protocol.peerworks.internal.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room a disk has. */
@FunctionalInterface
public interface Disk {

  /** The disks of this machine. */
  Disk REAL = directory -> Files.getFileStore(directory).getUsableSpace();

  /** Bytes that may still be written to the disk of a directory. */
  long usable(Path directory) throws IOException;
}
