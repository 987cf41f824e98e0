package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.peerworks.job.api.JobOutput;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.lib.files.FileNames;
import org.peerworks.lib.files.Hashes;

/** Takes the files that a job returns: confined, stable, hashed. */
final class Outputs {

  private final Path directory;
  private final int most;

  Outputs(Path directory, int most) {
    this.directory = directory;
    this.most = most;
  }

  /**
   * @param named by the result
   * @throws IOException one of them lies elsewhere, or is no file; says which
   */
  List<JobOutput> take(Map<String, Path> named) throws IOException {
    if (named.size() > most) {
      throw new IOException(
          "The job returned " + named.size() + " files; a job may return " + most + ".");
    }
    if (named.isEmpty()) {
      return List.of();
    }
    Path top = Files.createDirectories(directory).toRealPath();
    List<JobOutput> outputs = new ArrayList<>();
    for (Map.Entry<String, Path> entry : new TreeMap<>(named).entrySet()) {
      outputs.add(take(requirePlain(entry.getKey()), entry.getValue(), top));
    }
    return outputs;
  }

  /** The files that a job left behind that returned nothing: those at the top with plain names. */
  Map<String, Path> leftBehind() throws IOException {
    Map<String, Path> found = new TreeMap<>();
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return found;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && isPlain(name)
            && found.size() < most) {
          found.put(name, file);
        }
      }
    }
    return found;
  }

  /** A job may return a file under another name than it has: records it by a link of that name. */
  private JobOutput take(String name, Path file, Path top) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("The output '" + name + "' is no file.");
    }
    Path real = file.toRealPath();
    if (!real.startsWith(top) || real.equals(top)) {
      throw new IOException("The output '" + name + "' lies outside the job's output directory.");
    }
    Path published = published(directory, name);
    Files.createDirectories(published.getParent());
    Files.deleteIfExists(published);
    Files.createLink(published, real);
    AtomicFiles.sync(published);
    AtomicFiles.sync(published.getParent());
    return new JobOutput(name, Files.size(published), Hashes.sha256(published));
  }

  /** The place of a recorded output: a hard link of its name beside the output directory. */
  static Path published(Path outputDirectory, String name) {
    return outputDirectory.resolveSibling("returned").resolve(name);
  }

  private static String requirePlain(String name) throws IOException {
    try {
      return FileNames.requirePlain(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("The job returned a file of a bad name. " + e.getMessage(), e);
    }
  }

  private static boolean isPlain(String name) {
    try {
      FileNames.requirePlain(name);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
