package org.peerworks.cli.select;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.peerworks.cli.terminal.Units;
import org.peerworks.files.api.Candidate;
import org.peerworks.files.api.FileEntry;
import org.peerworks.files.api.MountStatus;

/** Files of a worker as they are shown. */
public final class FileRows {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private FileRows() {}

  /** A file that was found, with where it lies. */
  public static Row of(Candidate candidate) {
    FileEntry file = candidate.file();
    return new Row(
        file.path(),
        file.name(),
        size(file),
        date(file.modified()),
        candidate.mount(),
        parent(file.path()));
  }

  /** An entry of a directory; a directory's name ends in a slash. */
  static Row of(FileEntry entry) {
    return new Row(
        entry.path(),
        entry.directory() ? entry.name() + "/" : entry.name(),
        size(entry),
        date(entry.modified()),
        "",
        "");
  }

  /** A mount, as the directory that it is. */
  static Row of(MountStatus status) {
    String path = status.mount().path();
    String label = status.mount().label() + "/";
    return new Row(path, label, "", "", status.problem(), path);
  }

  /** In powers of 1000; empty for a directory. */
  static String size(FileEntry file) {
    return file.directory() ? "" : Units.bytes(file.size());
  }

  /** In this machine's time; empty if it is unknown. */
  static String date(Instant modified) {
    return modified.equals(Instant.EPOCH)
        ? ""
        : DATE.format(modified.atZone(ZoneId.systemDefault()));
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  /** For scripts. */
  public static Map<String, Object> json(Candidate candidate) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("path", candidate.file().path());
    fields.put("name", candidate.file().name());
    fields.put("size", candidate.file().size());
    fields.put("modified", candidate.file().modified().toString());
    fields.put("mount", candidate.mount());
    fields.put("match", candidate.matchType().name().toLowerCase(Locale.ROOT));
    fields.put("score", candidate.score());
    return fields;
  }
}
