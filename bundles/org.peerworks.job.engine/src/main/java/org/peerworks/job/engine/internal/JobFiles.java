package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.peerworks.lib.files.FileTrees;

/** Where the files of jobs lie below the data directory. */
final class JobFiles {

  private final Path data;
  private final FileStore disk;

  JobFiles(Path data) throws IOException {
    this.data = Files.createDirectories(data).toRealPath();
    Files.createDirectories(jobs());
    Files.createDirectories(this.data.resolve("store"));
    disk = Files.getFileStore(jobs()); // reads the table of mounts: not for each job
  }

  /**
   * Makes what is missing of the data directory.
   *
   * @throws IOException it cannot be used; says what to do
   */
  static JobFiles open(Path data) throws IOException {
    try {
      JobFiles files = new JobFiles(data);
      files.probe();
      return files;
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
      throw new IOException(
          "The data directory '"
              + data
              + "' cannot be written: "
              + reason
              + ". Make it writable for the worker's user, or name another one with --data-dir.",
          e);
    }
  }

  /** A full disk is no reason not to start: what is on it can be read, and deleted. */
  private void probe() throws FileSystemException {
    Path probe = jobs().resolve(".probe");
    try {
      Files.deleteIfExists(probe);
      Files.createFile(probe);
      Files.delete(probe);
    } catch (FileSystemException e) {
      if (!Trouble.of(e).equals(Optional.of(Trouble.FULL))) {
        throw e;
      }
    } catch (IOException e) {
      throw new FileSystemException(probe.toString(), null, e.getMessage());
    }
  }

  /** Bytes that the disk of the jobs has room for. */
  long usableSpace() throws IOException {
    return disk.getUsableSpace();
  }

  Path data() {
    return data;
  }

  Path database() {
    return data.resolve("store").resolve("peerworks.db");
  }

  Path jobs() {
    return data.resolve("jobs");
  }

  Path job(String id) {
    return jobs().resolve(id);
  }

  Path input(String id) {
    return job(id).resolve("input");
  }

  Path work(String id) {
    return job(id).resolve("work");
  }

  Path output(String id) {
    return job(id).resolve("output");
  }

  Path steps(String id) {
    return job(id).resolve("steps");
  }

  Path log(String id) {
    return job(id).resolve("log");
  }

  /** The input files of a job by name. */
  Map<String, Path> inputs(String id) throws IOException {
    Map<String, Path> inputs = new TreeMap<>();
    for (Path file : list(input(id))) {
      inputs.put(file.getFileName().toString(), file);
    }
    return inputs;
  }

  /** The directories of the steps that a job has started. */
  List<Path> stepDirectories(String id) throws IOException {
    return list(steps(id)).stream()
        .filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /** Ids of all jobs that have a directory; entries with other names are not ours. */
  List<String> ids() throws IOException {
    return list(jobs()).stream()
        .map(file -> file.getFileName().toString())
        .filter(JobIds::isId)
        .toList();
  }

  /**
   * Deletes what a job needs only until it is final: {@code work/}. Its outputs, its log, {@code
   * request.json} and the files of its steps stay as long as the job.
   */
  void deleteWork(String id) throws IOException {
    delete(work(id));
  }

  /** Deletes {@code input/} of a job that is final, and will not be handed in again. */
  void deleteInputs(String id) throws IOException {
    delete(input(id));
  }

  boolean hasInputs(String id) {
    return Files.isDirectory(input(id), LinkOption.NOFOLLOW_LINKS);
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      FileTrees.delete(directory);
    }
  }

  /**
   * Moves the directory of a job that nobody knows to {@code jobs/unknown/}.
   *
   * @param now from when on it lies there
   */
  Path setAside(String id, Instant now) throws IOException {
    Path target = Files.createDirectories(unknown()).resolve(id);
    Files.setLastModifiedTime(job(id), FileTime.from(now));
    return Files.move(job(id), target);
  }

  /** The directories that were set aside before a time. */
  List<Path> setAsideBefore(Instant time) throws IOException {
    List<Path> old = new ArrayList<>();
    for (Path directory : list(unknown())) {
      if (JobIds.isId(directory.getFileName().toString())
          && Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS)
              .toInstant()
              .isBefore(time)) {
        old.add(directory);
      }
    }
    return old;
  }

  private Path unknown() {
    return jobs().resolve("unknown");
  }

  void delete(String id) throws IOException {
    FileTrees.delete(job(id));
  }

  private static List<Path> list(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        entries.forEach(files::add);
      }
    }
    return files;
  }
}
