package org.peerworks.itests.distribution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a worker was in the middle of when it was killed, as the system knows it of the process that
 * stands still, and as its data directory keeps it.
 */
final class KilledMoment {

  /** What a worker can be in the middle of. */
  enum Phase {
    STORE_COMMIT("a commit of the store: a thread writes or syncs it"),
    UPLOAD("an upload: part of a file is there"),
    INSTALL("an install: the journal has its beginning, and no end"),
    CONFIGURATION("a change of configuration: a snapshot or a file is half done"),
    AUDIT("a line of the audit log: a thread writes or syncs it"),
    START("its start");

    private final String words;

    Phase(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** Numbers of the calls on x86_64: write, pwrite64, fsync, fdatasync, ftruncate, writev. */
  private static final Set<String> WRITING = Set.of("1", "18", "74", "75", "77", "20");

  private static final Set<String> SYNCING = Set.of("18", "74", "75");

  private static final String TEMPORARY = ".tmp-*";

  private final Path data;
  private final long pid;
  private final FileTime started;
  private Set<Path> writers = Set.of();

  /**
   * @param data directory of the worker
   * @param started nothing that is older is of this process
   */
  KilledMoment(Path data, long pid, FileTime started) {
    this.data = data;
    this.pid = pid;
    this.started = started;
  }

  /** All that goes on in the process, which stands still. */
  Set<Phase> phases() throws IOException {
    Set<Phase> phases = EnumSet.noneOf(Phase.class);
    for (String file : written()) {
      if (file.startsWith(data.resolve("store/audit").toString())) {
        phases.add(Phase.AUDIT);
      } else if (file.startsWith(data.resolve("store").toString())) {
        phases.add(Phase.STORE_COMMIT);
      }
    }
    for (Phase phase : List.of(Phase.UPLOAD, Phase.INSTALL, Phase.CONFIGURATION)) {
      if (isIn(phase)) {
        phases.add(phase);
      }
    }
    return phases;
  }

  /** Whether something goes on now. */
  boolean isIn(Phase phase) throws IOException {
    return switch (phase) {
      case STORE_COMMIT -> commits();
      case UPLOAD -> uploads();
      case INSTALL -> isFresh(data.resolve("bundles/journal")) && "BEGUN".equals(lastEvent());
      case CONFIGURATION -> configures();
      default -> throw new IllegalArgumentException(phase.name());
    };
  }

  /** Whether the thread that writes the store writes or syncs it now. */
  private boolean commits() throws IOException {
    if (writers.isEmpty()) {
      writers = storeWriters();
    }
    return writers.stream()
        .map(KilledMoment::call)
        .anyMatch(call -> call.length > 1 && SYNCING.contains(call[0]));
  }

  private Set<Path> storeWriters() {
    Set<Path> found = new HashSet<>();
    for (Path thread : threads()) {
      try {
        if (Files.readString(thread.resolve("comm")).startsWith("job-store-write")) {
          found.add(thread);
        }
      } catch (IOException e) {
        continue; // it has ended
      }
    }
    return found;
  }

  /** The files that threads write or sync. */
  private Set<String> written() {
    Set<String> files = new HashSet<>();
    for (Path thread : threads()) {
      String[] call = call(thread);
      if (call.length > 1 && WRITING.contains(call[0])) {
        files.add(target(call[1]));
      }
    }
    return files;
  }

  private List<Path> threads() {
    try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return all.toList();
    } catch (IOException e) {
      return List.of(); // it has ended
    }
  }

  private static String[] call(Path thread) {
    try (BufferedReader line = Files.newBufferedReader(thread.resolve("syscall"))) {
      String text = line.readLine();
      return text == null ? new String[0] : text.split(" ");
    } catch (IOException e) {
      return new String[0]; // it has ended
    }
  }

  private String target(String handle) {
    try {
      int number = Integer.decode(handle);
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "fd", "" + number))
          .toString();
    } catch (IOException | NumberFormatException e) {
      return "";
    }
  }

  private boolean uploads() {
    String uploads = data.resolve("uploads") + "/";
    try (Stream<Path> handles = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return handles
          .map(handle -> target(handle.getFileName().toString()))
          .anyMatch(file -> file.startsWith(uploads));
    } catch (IOException | UncheckedIOException e) {
      return false; // it has ended
    }
  }

  /** What the last whole line of the deployments' journal says. */
  private String lastEvent() throws IOException {
    try {
      String text = Files.readString(data.resolve("bundles/journal"));
      String[] lines = text.split("\n");
      String last = lines[lines.length - 1];
      return last.replaceAll(".*\"event\":\"([A-Z_]+)\".*", "$1");
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private boolean configures() throws IOException {
    Path snapshots = data.resolve("snapshots/config");
    if (!Files.isDirectory(snapshots)) {
      return false;
    }
    if (isFresh(snapshots.resolve("rolling-back"))
        || fresh(data.resolve("config"))
        || fresh(snapshots)) {
      return true;
    }
    try (Stream<Path> all = Files.list(snapshots)) {
      Path newest =
          all.filter(path -> Character.isDigit(path.getFileName().toString().charAt(0)))
              .max(Comparator.naturalOrder())
              .orElse(null);
      return newest != null
          && isFresh(newest)
          && same(files(newest), files(data.resolve("config")));
    } catch (NoSuchFileException e) {
      return false; // it went just now
    }
  }

  private boolean fresh(Path directory) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, TEMPORARY)) {
      for (Path one : found) {
        if (isFresh(one)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isFresh(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file).compareTo(started) >= 0;
    } catch (NoSuchFileException e) {
      return false; // not yet, or not any more
    }
  }

  /** The configuration files of a directory. */
  static Map<String, byte[]> files(Path directory) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*.cfg")) {
      for (Path file : all) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static boolean same(Map<String, byte[]> one, Map<String, byte[]> other) {
    return one.keySet().equals(other.keySet())
        && one.keySet().stream().allMatch(name -> Arrays.equals(one.get(name), other.get(name)));
  }
}
