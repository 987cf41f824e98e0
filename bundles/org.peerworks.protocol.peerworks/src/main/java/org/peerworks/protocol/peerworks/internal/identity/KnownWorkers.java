package org.peerworks.protocol.peerworks.internal.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.peerworks.lib.files.AtomicFiles;

/**
 * Remembers which identity a worker had when it was first met, one line each: its place, then its
 * identity. A worker is the same over whichever transport it is met, so that of a place, its first
 * part, does not count.
 */
public final class KnownWorkers {

  private static final int MOST = 10_000;

  private final Path file;

  /**
   * @param keys directory of secrets
   */
  public KnownWorkers(Path keys) {
    this.file = keys.resolve("known-workers");
  }

  /**
   * Accepts a worker that is new or has its old identity.
   *
   * @param place where it was met, for example {@code webrtc/127.0.0.1:8080/room-1/worker-1}
   * @param identity that it proved
   * @throws IOException if it is another one than before, or the file cannot be used
   */
  public void check(String place, String identity) throws IOException {
    SecretFiles.directory(file.getParent());
    SecretFiles.locked(
        file.resolveSibling("known-workers.lock"), () -> checkLocked(place, identity));
  }

  private void checkLocked(String place, String identity) throws IOException {
    String key = escape(place);
    List<String> lines =
        Files.exists(file)
            ? new ArrayList<>(Files.readAllLines(file, StandardCharsets.UTF_8))
            : new ArrayList<>();
    Optional<String> known =
        lines.stream()
            .filter(line -> line.contains(" "))
            .filter(line -> same(line.substring(0, line.indexOf(' ')), key))
            .map(line -> line.substring(line.indexOf(' ') + 1).strip())
            .findFirst();
    if (known.isEmpty()) {
      lines.add(key + " " + identity);
      List<String> kept = lines.subList(Math.max(0, lines.size() - MOST), lines.size());
      AtomicFiles.writeSecret(
          file, (String.join("\n", kept) + "\n").getBytes(StandardCharsets.UTF_8));
    } else if (!known.get().equals(identity)) {
      throw new IOException(
          "The worker '%s' was known as %s, but proved to be %s. Somebody may pretend to be it, so it was refused. If the worker was set up anew, delete its line in '%s' and try again."
              .formatted(place, known.get(), identity, file));
    }
  }

  private static boolean same(String place, String other) {
    return withoutTransport(place).equals(withoutTransport(other));
  }

  private static String withoutTransport(String place) {
    return place.substring(place.indexOf('/') + 1);
  }

  private static String escape(String place) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : place.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 127 && b != '%') {
        escaped.append((char) b);
      } else {
        escaped.append(String.format(Locale.ROOT, "%%%02X", b));
      }
    }
    return escaped.toString();
  }
}
