package org.peerworks.lib.sleap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.peerworks.lib.files.ArchiveException;
import org.peerworks.lib.files.ArchiveLimits;
import org.peerworks.lib.files.Archives;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.lib.files.FileTrees;

/** Unpacks a package into a job's work directory, once. */
public final class JobPackage {

  private static final Set<String> LITTER =
      Set.of("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini");

  private JobPackage() {}

  /**
   * Unpacks a zip, or finds it unpacked by an earlier run of the same job.
   *
   * @param marker name of a file that every such package has, for example {@code train-script.sh}
   * @return the folder with the marker in it: the top of the zip or its only folder
   * @throws PackageException if the zip is refused or has no marker; nothing is left unpacked then
   */
  public static Path unpack(Path zip, Path workDirectory, ArchiveLimits limits, String marker)
      throws IOException {
    String name = String.valueOf(zip.getFileName());
    Path unpacked = directory(workDirectory);
    if (Files.isDirectory(unpacked)) {
      return root(name, unpacked, marker);
    }
    Path staging = workDirectory.resolve("unpacking");
    FileTrees.delete(staging);
    Files.createDirectories(staging);
    try {
      Archives.unpack(zip, staging, limits);
      root(name, staging, marker);
    } catch (ArchiveException e) {
      FileTrees.delete(staging);
      throw new PackageException(
          "The package %s is refused: %s".formatted(Shown.quoted(name), e.getMessage()), e);
    } catch (IOException e) {
      FileTrees.delete(staging);
      throw e;
    }
    publish(staging, unpacked);
    return root(name, unpacked, marker);
  }

  /** Where a package stands unpacked. */
  public static Path directory(Path workDirectory) {
    return workDirectory.resolve("package");
  }

  /** Gives a directory that was filled aside its final name, so that it is seen whole or not. */
  public static void publish(Path staging, Path directory) throws IOException {
    Files.move(staging, directory, StandardCopyOption.ATOMIC_MOVE);
    AtomicFiles.sync(directory.toAbsolutePath().getParent());
  }

  private static Path root(String zip, Path directory, String marker) throws IOException {
    if (Files.isRegularFile(directory.resolve(marker))) {
      return directory;
    }
    List<Path> entries = entries(directory);
    if (entries.size() == 1 && Files.isRegularFile(entries.get(0).resolve(marker))) {
      return entries.get(0);
    }
    throw new PackageException(
        "The package %s has no '%s', neither at its top nor in its only folder."
            .formatted(Shown.quoted(zip), marker));
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(entry -> !isLitter(entry.getFileName().toString())).toList();
    }
  }

  private static boolean isLitter(String name) {
    return LITTER.contains(name) || name.startsWith("._");
  }
}
