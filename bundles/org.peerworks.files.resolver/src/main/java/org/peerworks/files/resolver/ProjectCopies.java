package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.NewFile;
import org.peerworks.files.api.ProjectRequest;
import org.peerworks.files.api.WrittenProject;
import org.peerworks.lib.files.ClockWatch;
import org.peerworks.lib.files.FileNames;
import org.peerworks.lib.files.FileTrees;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.SlpWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes copies of projects. They are made in the worker's own directory, since HDF5 knows no
 * handles, and go into a mount from there, by handle and under a name that is free.
 */
final class ProjectCopies {

  private static final Logger LOG = LoggerFactory.getLogger(ProjectCopies.class);
  private static final String SLP = ".slp";
  private static final String PACKAGE = ".pkg.slp";
  private static final int LONGEST_STEM = 150;
  private static final int MOST_NUMBERS = 1000;
  private static final long RESERVE_BYTES = 1L << 30;
  private static final int BLOCK = 1 << 20;

  private final MountTable table;
  private final WorkerMounts mounts;
  private final Clock clock = Clock.systemDefaultZone();
  private final ClockWatch watch = new ClockWatch(clock, System::nanoTime);

  ProjectCopies(MountTable table) {
    this.table = table;
    mounts = new WorkerMounts(table);
  }

  /**
   * @param videos new path by old one, checked
   */
  WrittenProject write(
      Path path, SlpFile project, long bytes, Map<String, String> videos, ProjectRequest request)
      throws IOException {
    boolean named = !request.outputName().isBlank();
    String name = named ? given(request.outputName()) : standard(path.getFileName().toString());
    sweep();
    Path directory = table.projects().resolve(UUID.randomUUID().toString());
    if (Files.getFileStore(table.projects()).getUsableSpace() < bytes + RESERVE_BYTES) {
      throw new FileAccessException(
          Code.NO_SPACE, "The worker's disk has no room for a copy of '" + path + "'.");
    }
    Files.createDirectory(directory);
    boolean kept = false;
    try {
      Path copy = directory.resolve(name);
      int changed = SlpWriter.writeVideoPaths(project, copy, videos);
      kept = request.outputDirectory().isBlank();
      Path written = kept ? copy : move(copy, request.outputDirectory(), name, named);
      LOG.info("Wrote '{}', a copy of '{}' with {} other video paths", written, path, changed);
      return new WrittenProject(written.toString(), changed);
    } finally {
      if (!kept) {
        FileTrees.delete(directory);
      }
    }
  }

  private static String given(String name) {
    try {
      FileNames.requirePlain(name);
    } catch (IllegalArgumentException e) {
      throw new FileAccessException(Code.INVALID_REQUEST, e.getMessage(), e);
    }
    if (!name.endsWith(SLP)) {
      throw new FileAccessException(
          Code.INVALID_REQUEST, "The name '%s' does not end in '.slp'.".formatted(name));
    }
    return name;
  }

  private String standard(String original) {
    String ending = original.endsWith(PACKAGE) ? PACKAGE : SLP;
    String stem =
        original.endsWith(ending)
            ? original.substring(0, original.length() - ending.length())
            : original;
    String plain = stem.replaceAll("[^\\p{L}\\p{N}._ -]", "_");
    String date = LocalDate.now(clock).format(DateTimeFormatter.BASIC_ISO_DATE);
    String shortened = plain.substring(0, Math.min(plain.length(), LONGEST_STEM / 3));
    return "resolved_" + date + "_" + (fits(plain) ? plain : shortened) + ending;
  }

  private static boolean fits(String stem) {
    return stem.getBytes(StandardCharsets.UTF_8).length <= LONGEST_STEM;
  }

  private Path move(Path copy, String directory, String name, boolean named) throws IOException {
    String ending = name.endsWith(PACKAGE) ? PACKAGE : SLP;
    String stem = name.substring(0, name.length() - ending.length());
    for (int number = 1; ; number++) {
      String next = number == 1 ? name : stem + "_" + number + ending;
      try {
        return into(copy, directory + "/" + next);
      } catch (FileAccessException e) {
        if (named || e.code() != Code.EXISTS || number >= MOST_NUMBERS) {
          throw e;
        }
      }
    }
  }

  private Path into(Path copy, String path) throws IOException {
    try (FileChannel source = FileChannel.open(copy);
        NewFile target = mounts.create(path)) {
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
      while (source.read(block) >= 0) {
        block.flip();
        while (block.hasRemaining()) {
          target.write(block);
        }
        block.clear();
      }
      return target.commit();
    }
  }

  /** Deletes copies that are older than they are kept, unless the clock makes them look old. */
  private synchronized void sweep() throws IOException {
    if (!watch.steady()) {
      return;
    }
    Instant oldest = clock.instant().minus(table.config().keepDays(), ChronoUnit.DAYS);
    try (DirectoryStream<Path> copies = Files.newDirectoryStream(table.projects())) {
      for (Path copy : copies) {
        if (Files.getLastModifiedTime(copy).toInstant().isBefore(oldest)) {
          FileTrees.delete(copy);
        }
      }
    }
  }
}
