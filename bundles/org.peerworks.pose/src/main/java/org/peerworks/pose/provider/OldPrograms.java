package org.peerworks.pose.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the programs of earlier versions. A step may outlive the worker that started it, so a
 * directory stays while a process runs from it, and for a while after its last use.
 */
final class OldPrograms {

  private static final Logger LOG = LoggerFactory.getLogger(OldPrograms.class);
  private static final String NAMES = "pose-*";

  /** From the moment a worker is told the directory to the start of the program in it. */
  private static final Duration GRACE = Duration.ofHours(1);

  private final Path directory;
  private final Path processes;

  /**
   * @param directory where programs are unpacked
   * @param processes normally {@code /proc}
   */
  OldPrograms(Path directory, Path processes) {
    this.directory = directory;
    this.processes = processes;
  }

  /** Remembers that a program's directory was handed out just now. */
  static void used(Path program, Instant now) throws IOException {
    Files.setLastModifiedTime(program, FileTime.from(now));
  }

  /**
   * Removes all but one; what cannot be removed is logged and stays.
   *
   * @param current the directory to keep
   */
  void removeExcept(Path current, Instant now) {
    try (DirectoryStream<Path> programs = Files.newDirectoryStream(directory, NAMES)) {
      for (Path program : programs) {
        Instant last = Files.getLastModifiedTime(program).toInstant();
        if (!program.equals(current) && last.isBefore(now.minus(GRACE)) && !isRunning(program)) {
          delete(program);
          LOG.info("Removed the built-in trainer of an earlier version: '{}'", program);
        }
      }
    } catch (IOException e) {
      LOG.warn("Built-in trainers of earlier versions stay in '{}'", directory, e);
    }
  }

  private boolean isRunning(Path program) throws IOException {
    // One character for each byte, as the command lines are read.
    byte[] bytes = (program.toAbsolutePath() + "/").getBytes(StandardCharsets.UTF_8);
    String prefix = new String(bytes, StandardCharsets.ISO_8859_1);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(processes, "[0-9]*")) {
      for (Path process : all) {
        if (commandLine(process).contains(prefix)) {
          return true;
        }
      }
      return false;
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // it has ended, or is none of ours
    }
  }

  private static void delete(Path program) throws IOException {
    Files.walkFileTree(
        program,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
