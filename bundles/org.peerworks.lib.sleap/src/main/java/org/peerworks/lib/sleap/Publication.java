package org.peerworks.lib.sleap;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.Mounts;
import org.peerworks.files.api.NewFile;
import org.peerworks.job.api.JobContext;
import org.peerworks.lib.files.AtomicFiles;

/**
 * Puts what a job made into a mount, where people of this worker look for it. Nothing is ever
 * replaced: where a name is taken, a number is put behind it. A job that is run again does not do
 * so twice.
 */
public final class Publication {

  private static final int MOST_NUMBERS = 1000;
  private static final int MOST_FILES = 10_000;

  private final JobContext context;
  private final WorkerPaths paths;

  public Publication(JobContext context, WorkerPaths paths) {
    this.context = context;
    this.paths = paths;
  }

  /**
   * Copies a file.
   *
   * @param key by which a later run of the job knows it again: letters, digits and {@code -}
   * @param directory that exists in a mount
   * @param stem of its name there
   * @param ending of its name, which a number goes before
   * @return its path there
   * @throws IOException if that cannot be done; says why
   */
  public String file(String key, Path file, String directory, String stem, String ending)
      throws IOException {
    Path record = record(key);
    if (Files.exists(record)) {
      return Files.readString(record);
    }
    Mounts mounts = mounts();
    try {
      for (int number = 1; number < MOST_NUMBERS; number++) {
        String name = numbered(stem, number) + ending;
        try {
          String path = copy(mounts, file, directory + "/" + name);
          remember(record, path);
          return path;
        } catch (FileAccessException e) {
          if (e.code() != FileAccessException.Code.EXISTS) {
            throw e;
          }
        }
      }
    } catch (FileAccessException e) {
      throw new IOException(e.getMessage(), e);
    }
    throw taken(directory, stem + ending);
  }

  /**
   * Copies a directory with the files in it and below.
   *
   * @param parent directory of a mount; made if it does not exist
   * @return its path there
   */
  public String directory(String key, Path directory, String parent, String name)
      throws IOException {
    Mounts mounts = mounts();
    Path record = record(key);
    try {
      String target;
      if (Files.exists(record)) {
        target = Files.readString(record);
      } else {
        target = free(mounts, mounts.createDirectories(parent).toString(), name);
        remember(record, target);
      }
      Path made = mounts.createDirectories(target);
      for (Path file : files(directory)) {
        String relative = directory.relativize(file).toString();
        try {
          int slash = relative.lastIndexOf('/');
          if (slash > 0) {
            mounts.createDirectories(made + "/" + relative.substring(0, slash));
          }
          copy(mounts, file, made + "/" + relative);
        } catch (FileAccessException e) {
          if (e.code() == FileAccessException.Code.INVALID_REQUEST) {
            context.log("Not put into " + Shown.quoted(made.toString()) + ": " + e.getMessage());
          } else if (e.code() != FileAccessException.Code.EXISTS) { // which an earlier run copied
            throw e;
          }
        }
      }
      return made.toString();
    } catch (FileAccessException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private Mounts mounts() throws IOException {
    return paths.mounts().orElseThrow(() -> new IOException("The worker's mounts are gone."));
  }

  private static String free(Mounts mounts, String parent, String name) throws IOException {
    for (int number = 1; number < MOST_NUMBERS; number++) {
      String path = parent + "/" + numbered(name, number);
      try {
        mounts.require(path);
      } catch (FileAccessException e) {
        if (e.code() == FileAccessException.Code.PATH_NOT_FOUND) {
          return path;
        }
        throw e;
      }
    }
    throw taken(parent, name);
  }

  private static String copy(Mounts mounts, Path file, String path) throws IOException {
    try (NewFile target = mounts.create(path)) {
      Files.copy(file, Channels.newOutputStream(target));
      return target.commit().toString();
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> !Files.isSymbolicLink(f))
          .sorted()
          .limit(MOST_FILES)
          .toList();
    }
  }

  private static String numbered(String name, int number) {
    return number == 1 ? name : name + "-" + number;
  }

  private Path record(String key) {
    return context.workDirectory().resolve("published-" + key);
  }

  private static void remember(Path record, String path) throws IOException {
    AtomicFiles.write(record, path.getBytes(StandardCharsets.UTF_8));
  }

  private static IOException taken(String directory, String name) {
    return new IOException(
        "All names like %s are taken in %s."
            .formatted(Shown.quoted(name), Shown.quoted(directory)));
  }
}
