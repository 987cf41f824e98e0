package org.peerworks.protocol.sleap.internal.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.protocol.sleap.internal.wire.Json;
import org.peerworks.protocol.sleap.internal.wire.JsonFields;
import org.peerworks.protocol.sleap.internal.wire.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers where files of known content lie, over restarts, so that nobody sends one twice (§2.8).
 * A file counts as unchanged as long as its size and its time are those that it was left with.
 * Thread-safe.
 */
final class HashCache {

  private static final Logger LOG = LoggerFactory.getLogger(HashCache.class);
  private static final int MOST_BYTES = 64 << 20;

  private record Known(String path, long size, long modified) {}

  private final Path file;
  private final int most;
  private Map<String, Known> known;

  /**
   * @param file need not exist
   * @param most entries; the oldest goes first
   */
  HashCache(Path file, int most) {
    this.file = file;
    this.most = most;
  }

  /**
   * @return absolute path of a file with this content, as far as can be told; where it may be read
   *     is the caller's affair
   */
  synchronized Optional<String> find(String sha256) {
    Known entry = entries().get(sha256);
    if (entry == null) {
      return Optional.empty();
    }
    Optional<Known> now = look(entry.path());
    if (now.isPresent() && now.get().equals(entry)) {
      return Optional.of(entry.path());
    }
    entries().remove(sha256);
    return Optional.empty();
  }

  synchronized void add(String sha256, String path) {
    look(path)
        .ifPresent(
            entry -> {
              Map<String, Known> all = entries();
              all.remove(sha256);
              all.put(sha256, entry);
              Iterator<String> oldest = all.keySet().iterator();
              while (all.size() > most) {
                oldest.next();
                oldest.remove();
              }
              write();
            });
  }

  private static Optional<Known> look(String path) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(Path.of(path), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile()
          ? Optional.of(
              new Known(path, attributes.size(), attributes.lastModifiedTime().toMillis()))
          : Optional.empty();
    } catch (IOException | RuntimeException e) {
      LOG.debug("The file '{}' is not where it was", path, e);
      return Optional.empty();
    }
  }

  private Map<String, Known> entries() {
    if (known == null) {
      known = read();
    }
    return known;
  }

  private Map<String, Known> read() {
    Map<String, Known> entries = new LinkedHashMap<>();
    try {
      if (Files.exists(file) && Files.size(file) <= MOST_BYTES) {
        for (String line : Files.readAllLines(file)) {
          JsonFields entry = new JsonFields("upload", Json.readObject(line));
          entries.put(
              entry.text("sha256", 64),
              new Known(
                  entry.text("path", 4096),
                  entry.number("size", 0, Long.MAX_VALUE),
                  entry.number("modified", Long.MIN_VALUE, Long.MAX_VALUE)));
        }
      }
    } catch (IOException | WireException e) {
      LOG.warn("'{}' cannot be read; files are sent again", file, e);
      entries.clear();
    }
    return entries;
  }

  private void write() {
    StringBuilder lines = new StringBuilder();
    known.forEach(
        (sha256, entry) -> {
          ObjectNode line =
              Json.object()
                  .put("sha256", sha256)
                  .put("path", entry.path())
                  .put("size", entry.size())
                  .put("modified", entry.modified());
          lines.append(Json.write(line)).append('\n');
        });
    try {
      Files.createDirectories(file.getParent());
      AtomicFiles.writeSecret(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.warn("'{}' cannot be written; after a restart files are sent again", file, e);
    }
  }
}
