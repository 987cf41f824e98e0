package org.peerworks.lib.files;

/**
 * How much an archive may hold.
 *
 * @param maxEntries files and folders, those that only the names of others imply among them
 * @param maxBytes bytes of all files, unpacked
 * @param maxRatio unpacked bytes for each packed byte, of each file and of the whole, beyond the
 *     first MiB
 * @param reserve bytes of the disk that unpacking leaves free, 0 or more
 */
public record ArchiveLimits(int maxEntries, long maxBytes, int maxRatio, long reserve) {

  /** 100 000 entries, 200 GiB, 1000 to 1, and no reserve. */
  public static final ArchiveLimits DEFAULT = new ArchiveLimits(100_000, 200L << 30, 1000);

  /** Limits that leave no reserve. */
  public ArchiveLimits(int maxEntries, long maxBytes, int maxRatio) {
    this(maxEntries, maxBytes, maxRatio, 0);
  }

  public ArchiveLimits {
    if (maxEntries < 1 || maxBytes < 1 || maxRatio < 1 || reserve < 0) {
      throw new IllegalArgumentException(
          "Limits of an archive are 1 or more, its reserve 0 or more; found "
              + maxEntries
              + " entries, "
              + maxBytes
              + " bytes, ratio "
              + maxRatio
              + ", reserve "
              + reserve
              + ".");
    }
  }
}
