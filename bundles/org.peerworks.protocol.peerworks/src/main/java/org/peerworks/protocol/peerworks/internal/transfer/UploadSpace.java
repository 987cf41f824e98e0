package org.peerworks.protocol.peerworks.internal.transfer;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.peerworks.job.api.JobException;
import org.peerworks.lib.files.ClockWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the upload directory within its limits. Called with the lock of {@link Uploads} held. */
final class UploadSpace {

  private static final Logger LOG = LoggerFactory.getLogger(UploadSpace.class);

  private final Path root;
  private final UploadLimits limits;
  private final Disk disk;
  private final ClockWatch watch = new ClockWatch(Clock.systemUTC(), System::nanoTime);

  private record Stored(Path file, UploadKey key, long size, Instant changed) {}

  UploadSpace(Path root, UploadLimits limits, Disk disk) {
    this.root = root;
    this.limits = limits;
    this.disk = disk;
  }

  /**
   * Makes sure that an upload fits. Deletes the caller's oldest files that nobody uses if that
   * helps.
   *
   * @throws JobException if it does not fit
   */
  void require(Upload upload, Collection<Upload> writers, Set<UploadKey> pinned)
      throws IOException {
    UploadKey key = upload.key();
    Map<UploadKey, Upload> others =
        writers.stream()
            .filter(other -> other != upload)
            .collect(Collectors.toMap(Upload::key, other -> other));
    List<Stored> stored = new ArrayList<>(list(key.caller()));
    long there = stored.stream().filter(s -> s.key().equals(key)).mapToLong(Stored::size).sum();
    stored.removeIf(s -> s.key().equals(key) || others.containsKey(s.key()));
    long reserved =
        others.values().stream()
            .filter(other -> other.key().caller().equals(key.caller()))
            .mapToLong(Upload::size)
            .sum();
    int writing =
        1
            + (int)
                others.keySet().stream()
                    .filter(other -> other.caller().equals(key.caller()))
                    .count();
    long used = reserved + stored.stream().mapToLong(Stored::size).sum();
    stored.sort(Comparator.comparing(Stored::changed).reversed());
    int files = stored.size() + writing;
    for (int i = stored.size() - 1; i >= 0; i--) {
      if (used + upload.size() <= limits.callerBytes() && files <= limits.callerFiles()) {
        break;
      }
      Stored oldest = stored.get(i);
      if (!pinned.contains(oldest.key())) {
        Files.deleteIfExists(oldest.file());
        used -= oldest.size();
        files--;
      }
    }
    if (used + upload.size() > limits.callerBytes() || files > limits.callerFiles()) {
      throw new JobException(
          JobException.Code.LIMIT,
          "You may have %d files of %d bytes in all on their way to this worker; with this one it would be %d files of %d bytes. Wait until your other submits are through."
              .formatted(limits.callerFiles(), limits.callerBytes(), files, used + upload.size()));
    }
    requireDisk(upload.size() - Math.min(there, upload.size()), others.values());
  }

  /** What others have begun counts as written, unless they stand still. */
  private void requireDisk(long bytes, Collection<Upload> others) throws IOException {
    long now = System.nanoTime();
    long promised =
        others.stream()
            .filter(other -> other.idleNanos(now) < limits.stall().toNanos())
            .mapToLong(Upload::remaining)
            .sum();
    long free = disk.usable(root) - limits.reserveBytes() - promised;
    if (free < bytes) {
      throw new JobException(
          JobException.Code.NO_SPACE,
          "The upload needs %d more bytes, but the worker's disk has room for %d. Ask its administrator to make room."
              .formatted(bytes, Math.max(0, free)));
    }
  }

  /**
   * Makes sure that the reserve is still free while an upload is written, as others write too.
   * Needs no lock.
   *
   * @throws JobException if it is not
   */
  void requireReserve() throws IOException {
    if (disk.usable(root) < limits.reserveBytes()) {
      throw new JobException(
          JobException.Code.NO_SPACE,
          "The worker's disk has become full during the upload. Nothing was kept; ask its administrator to make room, then send the file again.");
    }
  }

  /** What a caller who cannot see our disk is told about a failure of it. */
  static JobException refusal(Exception failure, String what) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("No space left") || message.contains("quota")) {
      return new JobException(
          JobException.Code.NO_SPACE,
          what + ": the worker's disk is full. Ask its administrator to make room.",
          failure);
    }
    LOG.error("{}", what, failure);
    return new JobException(
        JobException.Code.INTERNAL, what + "; the worker's log says why.", failure);
  }

  /** Deletes the files that are older than the expiry and not in use, and empty directories. */
  void expire(Collection<UploadKey> inUse) {
    if (!watch.steady() || !Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Instant limit = Instant.now().minus(limits.expiry());
    try (DirectoryStream<Path> callers = Files.newDirectoryStream(root)) {
      for (Path directory : callers) {
        String caller = directory.getFileName().toString();
        for (Stored stored : list(caller)) {
          if (stored.changed().isBefore(limit) && !inUse.contains(stored.key())) {
            Files.deleteIfExists(stored.file());
            LOG.info("Deleted the upload '{}', which nobody has continued", stored.file());
          }
        }
        removeIfEmpty(caller, inUse);
      }
    } catch (IOException e) {
      LOG.warn("Old uploads in '{}' could not be deleted", root, e);
    }
  }

  void removeIfEmpty(String caller, Collection<UploadKey> inUse) throws IOException {
    Path directory = root.resolve(caller);
    if (inUse.stream().anyMatch(key -> key.caller().equals(caller))
        || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.delete(directory);
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      LOG.trace("The directory '{}' stays", directory, e);
    }
  }

  private List<Stored> list(String caller) throws IOException {
    Path directory = root.resolve(caller);
    if (!UploadKey.isCaller(caller) || !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    List<Stored> stored = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Optional<UploadKey> key = UploadKey.read(caller, file.getFileName().toString());
        if (key.isPresent()) {
          add(stored, file, key.get());
        }
      }
    }
    return stored;
  }

  private static void add(List<Stored> stored, Path file, UploadKey key) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      stored.add(
          new Stored(file, key, attributes.size(), attributes.lastModifiedTime().toInstant()));
    } catch (NoSuchFileException e) {
      LOG.trace("The upload '{}' went while it was listed", file, e);
    }
  }
}
