package org.peerworks.cli.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.peerworks.cli.CommandFailure;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.lib.files.FileTrees;

/**
 * Versions of the program, side by side: {@code versions/NAME}, each whole, and the links {@code
 * current} and {@code previous} to two of them. A change of versions is begun with the file {@code
 * pending} and ends with its deletion, so that a power cut leaves one that can be ended.
 */
final class Versions {

  private static final String NEW = ".new-";

  /**
   * A change that was begun.
   *
   * @param from name of the version that was proved
   * @param to name of the one that is tried
   * @param before the previous one, while the change is not done; may be empty
   */
  record Change(String from, String to, String before) {}

  private final Path prefix;

  Versions(Path prefix) {
    this.prefix = prefix;
  }

  Path directory(String name) {
    return prefix.resolve("versions").resolve(name);
  }

  /** The name of the version that is used; empty if none is installed. */
  Optional<String> current() throws IOException {
    return linked("current");
  }

  /** The name of the one before. */
  Optional<String> previous() throws IOException {
    return linked("previous");
  }

  private Optional<String> linked(String link) throws IOException {
    Path path = prefix.resolve(link);
    if (!Files.isSymbolicLink(path)) {
      return Optional.empty();
    }
    String name = Files.readSymbolicLink(path).getFileName().toString();
    return Files.isDirectory(directory(name)) ? Optional.of(name) : Optional.empty();
  }

  /** An empty directory that will become a version, readable by all. */
  Path prepare() throws IOException {
    Directories.open(prefix);
    Directories.open(prefix.resolve("versions"));
    deleteLeftBehind();
    return Files.createDirectory(
        prefix.resolve("versions").resolve(NEW + UUID.randomUUID()),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  /** Gives a directory, whole and on stable storage, its name. */
  void add(Path prepared, String name) throws IOException {
    Files.move(prepared, directory(name), StandardCopyOption.ATOMIC_MOVE);
    AtomicFiles.sync(prefix.resolve("versions"));
  }

  /** Lets everybody use a version from now on, with nothing before it. */
  void switchTo(String name) throws IOException {
    link("current", name);
  }

  private void link(String link, String name) throws IOException {
    Path temporary = prefix.resolve("." + link + "-" + UUID.randomUUID());
    Files.createSymbolicLink(temporary, Path.of("versions").resolve(name));
    Files.move(
        temporary,
        prefix.resolve(link),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    AtomicFiles.sync(prefix);
  }

  /** Notes a change, before anything else of it is done. */
  Change begin(String from, String to) throws IOException {
    Change change = new Change(from, to, previous().orElse(""));
    AtomicFiles.write(
        prefix.resolve("pending"),
        String.join("\n", from, to, change.before(), "").getBytes(StandardCharsets.UTF_8));
    // What ends the change, if it is cut off, runs from there.
    link("previous", from);
    return change;
  }

  /** The change that was begun and not ended. */
  Optional<Change> pending() throws IOException {
    Path file = prefix.resolve("pending");
    try {
      List<String> names = Files.readAllLines(file);
      if (names.size() != 3
          || !Files.isDirectory(directory(names.get(0)))
          || !Files.isDirectory(directory(names.get(1)))) {
        throw CommandFailure.failed(
            "'"
                + file
                + "' names no two versions that are installed. Let '"
                + prefix.resolve("current")
                + "' point to the one that you want, and delete the file.",
            null);
      }
      return Optional.of(new Change(names.get(0), names.get(1), names.get(2)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The change is done. */
  void end() throws IOException {
    Files.deleteIfExists(prefix.resolve("pending"));
    AtomicFiles.sync(prefix);
  }

  /** All is as it was before the change. */
  void takeBack(Change change) throws IOException {
    switchTo(change.from());
    if (change.before().isEmpty()) {
      Files.deleteIfExists(prefix.resolve("previous"));
    } else {
      link("previous", change.before());
    }
    end();
  }

  /**
   * Deletes versions that are neither the current nor the previous one, and from which no program
   * runs.
   *
   * @return their names
   */
  List<String> deleteOld() throws IOException {
    List<String> deleted = new ArrayList<>();
    Optional<String> current = current();
    Optional<String> previous = previous();
    List<Path> inUse = RunningPrograms.files();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(prefix.resolve("versions"))) {
      for (Path version : all) {
        String name = version.getFileName().toString();
        Path real = version.toRealPath();
        boolean kept =
            name.startsWith(".")
                || current.filter(name::equals).isPresent()
                || previous.filter(name::equals).isPresent()
                || inUse.stream().anyMatch(file -> file.startsWith(real));
        if (!kept) {
          // Never half of a version under its name.
          Path gone = version.resolveSibling(NEW + UUID.randomUUID());
          Files.move(version, gone, StandardCopyOption.ATOMIC_MOVE);
          FileTrees.delete(gone);
          deleted.add(name);
        }
      }
    }
    return deleted;
  }

  private void deleteLeftBehind() throws IOException {
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(prefix.resolve("versions"), NEW + "*")) {
      for (Path left : all) {
        FileTrees.delete(left);
      }
    }
  }
}
