package org.peerworks.cli.find;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.peerworks.files.api.MissingVideo;
import org.peerworks.files.api.VideoCheck;

/**
 * Where the videos of a project would be read from: those that its own paths do not lead to, and
 * what was found for them.
 */
final class PathChanges {

  private final VideoCheck check;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, String> found = new LinkedHashMap<>();
  private final Map<String, String> prefixes = new LinkedHashMap<>();
  private final Set<String> others = new LinkedHashSet<>();
  private final Set<String> unsought = new LinkedHashSet<>();
  private boolean guessed;

  PathChanges(VideoCheck check) {
    this.check = check;
    for (MissingVideo video : check.missing()) {
      names.put(video.originalPath(), video.filename());
    }
  }

  VideoCheck check() {
    return check;
  }

  /** Paths in the project for which nothing was found yet. */
  List<String> open() {
    return names.keySet().stream().filter(path -> !found.containsKey(path)).toList();
  }

  /** Last name of a path in the project. */
  String name(String original) {
    return names.getOrDefault(original, original);
  }

  /** What the user's own mappings lead to. */
  void told(Map<String, String> paths) {
    found.putAll(paths);
  }

  /** What was found by looking, which somebody has to confirm. */
  void guess(Map<String, String> paths) {
    found.putAll(paths);
    guessed |= !paths.isEmpty();
  }

  /** What stands at the beginning of paths in the project, and at the worker. */
  void prefix(String before, String after) {
    prefixes.put(before, after);
  }

  /** Places that a video might be in just as well. */
  void doubt(Collection<String> places) {
    others.addAll(places);
  }

  /** One that was not looked for by its name, since others took all searches. */
  void leave(String original) {
    unsought.add(original);
  }

  /** Paths for which nothing was found because nobody looked for them by name. */
  List<String> unsought() {
    return open().stream().filter(unsought::contains).toList();
  }

  /** Videos that the worker misses and did not name. */
  int unnamed() {
    return Math.max(
        0, check.total() - check.accessible() - check.embedded() - check.missing().size());
  }

  /** New path by the one in the project. */
  Map<String, String> found() {
    return found;
  }

  Map<String, String> prefixes() {
    return prefixes;
  }

  /** Whether all videos were found, and only where the user had said they are. */
  boolean needsNobody() {
    return !guessed && open().isEmpty();
  }

  /** What a person has to know to say yes or no. */
  List<String> described(int most) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d of %d videos of '%s' are not where it says."
            .formatted(check.missing().size(), check.total(), check.slpPath()));
    prefixes.forEach((before, after) -> lines.add("  '%s' is '%s'".formatted(before, after)));
    add(lines, found.entrySet().stream().map(PathChanges::arrow).toList(), most);
    List<String> left = unsought();
    add(
        lines,
        open().stream()
            .filter(path -> !left.contains(path))
            .map(path -> "not found: " + path)
            .toList(),
        most);
    add(lines, left.stream().map(path -> "not looked for: " + path).toList(), most);
    add(lines, others.stream().map(path -> "of this name too: " + path).toList(), most);
    return lines;
  }

  private static String arrow(Map.Entry<String, String> change) {
    return change.getKey() + " -> " + change.getValue();
  }

  private static void add(List<String> lines, List<String> more, int most) {
    more.stream().limit(most).forEach(line -> lines.add("  " + line));
    if (more.size() > most) {
      lines.add("  ... and " + (more.size() - most) + " more of these");
    }
  }

  /** An option that says the first of the changes; empty if none was found. */
  Optional<String> option() {
    return prefixes.entrySet().stream()
        .findFirst()
        .or(() -> found.entrySet().stream().findFirst())
        .map(change -> "--path-mapping '" + change.getKey() + "=" + change.getValue() + "'");
  }
}
