package org.peerworks.shell.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.peerworks.lib.files.AtomicFiles;

/** The administrator's configuration files over those of the installation. Thread-safe. */
final class ConfigStore {

  private static final String SUFFIX = ".cfg";

  private final Path home;
  private final Path own;
  private final Path pending;
  private final Snapshots snapshots;

  /**
   * @param data directory, with the administrator's files in {@code config}
   * @param home the installation, with its files in {@code config}
   */
  ConfigStore(Path data, Path home) {
    this.home = home.resolve("config");
    this.own = data.resolve("config");
    Path kept = data.resolve("snapshots").resolve("config");
    this.pending = kept.resolve("rolling-back");
    this.snapshots = new Snapshots(kept);
  }

  /** What the administrator's file says. */
  synchronized Map<String, String> own(String pid) throws IOException {
    return values(own.resolve(pid + SUFFIX));
  }

  /** What the installation's file says. */
  synchronized Map<String, String> home(String pid) throws IOException {
    return values(home.resolve(pid + SUFFIX));
  }

  private static Map<String, String> values(Path file) throws IOException {
    return Files.exists(file) ? SettingsText.values(Files.readString(file)) : Map.of();
  }

  /**
   * Changes the administrator's file; what was before is in a snapshot.
   *
   * @param values by key; empty ones are taken away
   * @return the snapshot
   */
  synchronized String edit(String pid, Map<String, Optional<String>> values, String why)
      throws IOException {
    finish();
    Path file = own.resolve(pid + SUFFIX);
    String text = Files.exists(file) ? Files.readString(file) : "";
    for (Map.Entry<String, Optional<String>> value : values.entrySet()) {
      text = SettingsText.with(text, value.getKey(), value.getValue());
    }
    String snapshot = snapshot(why);
    Files.createDirectories(own);
    AtomicFiles.sweep(own);
    AtomicFiles.writeSecret(file, text.getBytes(StandardCharsets.UTF_8));
    return snapshot;
  }

  synchronized String snapshot(String why) throws IOException {
    return snapshots.take(files(), why, Instant.now());
  }

  synchronized List<Snapshots.Snapshot> snapshots() throws IOException {
    return snapshots.list();
  }

  /**
   * Goes back to a snapshot; a power cut in between is made good by {@link #finish}.
   *
   * @return PIDs whose files have changed
   */
  synchronized Set<String> rollback(String id) throws IOException {
    finish();
    Map<String, byte[]> before = files();
    Map<String, byte[]> wanted = snapshots.of(id);
    snapshots.take(before, "before config:rollback " + id, Instant.now());
    AtomicFiles.write(pending, id.getBytes(StandardCharsets.UTF_8));
    finish();
    Set<String> changed = new TreeSet<>(before.keySet());
    changed.addAll(wanted.keySet());
    changed.removeIf(name -> Arrays.equals(before.get(name), wanted.get(name)));
    Set<String> pids = new TreeSet<>();
    changed.forEach(name -> pids.add(name.substring(0, name.length() - SUFFIX.length())));
    return pids;
  }

  /** Ends a way back that was interrupted. */
  synchronized void finish() throws IOException {
    if (Files.notExists(pending)) {
      return;
    }
    Map<String, byte[]> wanted = snapshots.of(Files.readString(pending));
    Files.createDirectories(own);
    for (Map.Entry<String, byte[]> file : wanted.entrySet()) {
      AtomicFiles.writeSecret(own.resolve(file.getKey()), file.getValue());
    }
    for (String name : files().keySet()) {
      if (!wanted.containsKey(name)) {
        Files.delete(own.resolve(name));
      }
    }
    AtomicFiles.sync(own);
    Files.delete(pending);
    AtomicFiles.sync(pending.getParent());
  }

  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    if (Files.isDirectory(own)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(own, "*" + SUFFIX)) {
        for (Path file : all) {
          files.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
      }
    }
    return files;
  }
}
