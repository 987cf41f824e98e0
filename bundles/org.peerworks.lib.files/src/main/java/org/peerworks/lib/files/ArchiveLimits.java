package org.peerworks.lib.files;

/**
 * How much an archive may hold.
 *
 * @param maxEntries files and directories
 * @param maxBytes bytes of all files, unpacked
 * @param maxRatio unpacked bytes for each packed byte, of each file and of the whole, beyond the
 *     first MiB
 */
public record ArchiveLimits(int maxEntries, long maxBytes, int maxRatio) {

  /** 100 000 entries, 200 GiB, 1000 to 1. */
  public static final ArchiveLimits DEFAULT = new ArchiveLimits(100_000, 200L << 30, 1000);

  public ArchiveLimits {
    if (maxEntries < 1 || maxBytes < 1 || maxRatio < 1) {
      throw new IllegalArgumentException(
          "Limits of an archive are 1 or more; found "
              + maxEntries
              + " entries, "
              + maxBytes
              + " bytes, ratio "
              + maxRatio
              + ".");
    }
  }
}
