package org.peerworks.itests.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.peerworks.lib.files.ArchiveException;
import org.peerworks.lib.files.ArchiveLimits;
import org.peerworks.lib.files.Archives;
import org.peerworks.lib.files.FileTrees;

/** Zips: unpacked inside their directory and within the limits, or refused with nothing left. */
public final class ArchiveTarget {

  private static final ArchiveLimits LIMITS = new ArchiveLimits(20, 1 << 20, 100);
  private static final Path WORK = Scratch.directory();

  private ArchiveTarget() {}

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Path zip = Files.write(WORK.resolve("input.zip"), input);
    Path parent = Files.createDirectories(WORK.resolve("parent"));
    Path inside = Files.createDirectory(parent.resolve("inside"));
    try {
      Archives.unpack(zip, inside, LIMITS);
      require(FileTrees.size(inside) <= 1 << 20, "More was unpacked than the limit.");
      try (Stream<Path> files = Files.walk(inside)) {
        require(
            files.allMatch(
                file ->
                    Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                        || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)),
            "Something special was unpacked.");
      }
    } catch (ArchiveException refused) {
      try (Stream<Path> left = Files.list(inside)) {
        require(left.findAny().isEmpty(), "A refused archive left something.");
      }
    }
    try (Stream<Path> beside = Files.list(parent)) {
      require(beside.count() == 1, "Something was unpacked beside the directory.");
    }
    FileTrees.delete(parent);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
