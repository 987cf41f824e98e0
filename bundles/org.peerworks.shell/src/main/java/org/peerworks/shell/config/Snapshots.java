package org.peerworks.shell.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.lib.files.FileTrees;

/** Copies of all configuration files, to go back to. */
final class Snapshots {

  private static final int KEPT = 100;
  private static final String WHY = "why.txt";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  private final Path directory;

  /**
   * A snapshot.
   *
   * @param id its name; later ones are greater
   */
  public record Snapshot(String id, int files, String why) {}

  Snapshots(Path directory) {
    this.directory = directory;
  }

  /** Keeps files, which become visible all at once. */
  String take(Map<String, byte[]> files, String why, Instant now) throws IOException {
    Files.createDirectories(directory);
    AtomicFiles.sweep(directory);
    String id = NAME.format(now);
    for (int i = 2; Files.exists(directory.resolve(id)); i++) {
      id = NAME.format(now) + "-" + i;
    }
    Path temporary = Files.createTempDirectory(directory, AtomicFiles.TEMPORARY);
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        AtomicFiles.writeSecret(temporary.resolve(file.getKey()), file.getValue());
      }
      AtomicFiles.writeSecret(
          temporary.resolve(WHY), why.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      Files.move(temporary, directory.resolve(id), StandardCopyOption.ATOMIC_MOVE);
      AtomicFiles.sync(directory);
    } finally {
      FileTrees.delete(temporary);
    }
    List<Snapshot> all = list();
    for (Snapshot old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      FileTrees.delete(directory.resolve(old.id()));
    }
    return id;
  }

  /** All of them, newest first. */
  List<Snapshot> list() throws IOException {
    List<Snapshot> found = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "[0-9]*")) {
        for (Path one : all) {
          Map<String, byte[]> files = files(one);
          String why = Files.exists(one.resolve(WHY)) ? Files.readString(one.resolve(WHY)) : "";
          found.add(new Snapshot(one.getFileName().toString(), files.size(), why));
        }
      }
    }
    found.sort((one, other) -> other.id().compareTo(one.id()));
    return found;
  }

  /**
   * The files of a snapshot.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  Map<String, byte[]> of(String id) throws IOException {
    if (!id.matches("[0-9][0-9-]*") || !Files.isDirectory(directory.resolve(id))) {
      throw new IllegalArgumentException(
          "There is no snapshot '" + id + "'; 'config:snapshots' lists them.");
    }
    return files(directory.resolve(id));
  }

  private static Map<String, byte[]> files(Path directory) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*.cfg")) {
      for (Path file : all) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }
}
