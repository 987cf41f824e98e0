package org.peerworks.lib.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Zip archives, of others to unpack and of ours to send. */
public final class Archives {

  private Archives() {}

  /**
   * Unpacks a zip archive that nobody vouches for. Files are made new, below the directory, with
   * the modes that the process gives to new files; times and modes of the archive are ignored.
   *
   * @param zip stored or deflated entries, zip64 or not
   * @param emptyDirectory exists, and is empty; it is empty again if this fails
   * @throws ArchiveException naming the entry, if the archive is damaged, has links, special files,
   *     duplicate or unsafe names, or exceeds the limits
   * @throws IOException if the directory cannot be written to, or the disk has no room
   */
  public static void unpack(Path zip, Path emptyDirectory, ArchiveLimits limits)
      throws IOException {
    ZipUnpacker.unpack(zip, emptyDirectory, limits);
  }

  /**
   * What a zip archive that nobody vouches for says that it holds; nothing is unpacked.
   *
   * @return the entries' names as they stand there, in the order of the archive's list; not to be
   *     used as paths
   * @throws ArchiveException if the archive is damaged or has more entries than allowed
   * @throws IOException if it cannot be read
   */
  public static List<String> names(Path zip, ArchiveLimits limits) throws IOException {
    return ZipUnpacker.names(zip, limits);
  }

  /**
   * Packs what is below a directory, in the order of the names.
   *
   * @param topFolder folder that holds all in the archive; empty for none
   * @param zip a new file; there is none if this fails
   * @param compress whether to deflate, else stored
   * @return paths, relative to the directory, of what was left out: links, special files, and what
   *     no archive may name, for example two names that differ in case only
   * @throws ArchiveException if the top folder's name cannot be in an archive
   */
  public static List<String> pack(Path directory, String topFolder, Path zip, boolean compress)
      throws IOException {
    return ZipPacker.pack(directory, topFolder, zip, compress);
  }
}
