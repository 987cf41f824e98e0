package org.peerworks.job.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.peerworks.job.api.StepExit;
import org.peerworks.lib.files.FileTrees;

/** The files by which a program and its executor know of each other. */
final class StepFiles {

  /** More than the ids of a process, or an exit status, have characters. */
  private static final String BLANKS = " ".repeat(100) + "\n";

  private final Path directory;
  private final Path claim;

  StepFiles(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
    claim = this.directory.resolve("pid." + UUID.randomUUID());
  }

  Path directory() {
    return directory;
  }

  /** Directory for the program's temporary files. */
  Path temporary() {
    return directory.resolve("tmp");
  }

  /**
   * Where a supervisor writes who it is before it takes the step. Each start has one of its own: a
   * worker that was killed may have left a supervisor behind that is only just beginning.
   */
  Path claim() {
    return claim;
  }

  /** What the supervisor said before it had a log. */
  Path startMessages() {
    return directory.resolve("start");
  }

  /** Who leads the program; empty if none has started here. */
  Optional<Leader> leader() throws IOException {
    return read("pid").flatMap(Leader::parse);
  }

  /** How the program ended; empty if it did not say. */
  Optional<StepExit> exit() throws IOException {
    return read("exit")
        .map(String::strip)
        .filter(text -> text.matches("[0-9]{1,3}"))
        .map(text -> new StepExit(Integer.parseInt(text)));
  }

  boolean isTaken() {
    return Files.exists(directory.resolve("pid"));
  }

  /**
   * Takes the supervisor's place, so that it does not start a program any more.
   *
   * @return whether it was not too late
   */
  boolean giveUp() throws IOException {
    try {
      Files.createFile(directory.resolve("pid"));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /**
   * Takes the room of the files that the supervisor will write, so that it has it whatever becomes
   * of the disk.
   *
   * @throws IOException there is none; says where
   */
  void takeRoom() throws IOException {
    try {
      Files.writeString(claim, BLANKS);
      Path exit = directory.resolve("exit.tmp");
      if (!Files.exists(exit)) {
        Files.writeString(exit, BLANKS);
      }
    } catch (IOException e) {
      throw new IOException("'" + directory + "' cannot be written: " + e.getMessage(), e);
    }
  }

  /** Whether the program listens to signals by now. */
  boolean listens() {
    return Files.exists(directory.resolve("running")) || Files.exists(directory.resolve("exit"));
  }

  /** Deletes what only the start needed. */
  void afterStart() throws IOException {
    Files.deleteIfExists(claim);
    Files.deleteIfExists(directory.resolve("running"));
    Files.deleteIfExists(startMessages());
  }

  /** Deletes what only the running program needed. */
  void afterEnd() throws IOException {
    FileTrees.delete(temporary());
  }

  private Optional<String> read(String name) throws IOException {
    try {
      return Optional.of(Files.readString(directory.resolve(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
