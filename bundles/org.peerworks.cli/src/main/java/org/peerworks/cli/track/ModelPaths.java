package org.peerworks.cli.track;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.peerworks.cli.CommandFailure;

/** Folders of models, by path or by pattern. */
final class ModelPaths {

  private ModelPaths() {}

  /**
   * The folders that are meant, in the order in which they were typed; those of one pattern by
   * name.
   *
   * @throws CommandFailure if a path or pattern names no folder
   */
  static List<Path> resolve(Path workingDirectory, List<String> typed) throws IOException {
    Set<Path> folders = new LinkedHashSet<>();
    for (String text : typed) {
      Path literal = workingDirectory.resolve(text).normalize();
      if (Files.isDirectory(literal)) {
        folders.add(literal);
      } else if (Files.exists(literal)) {
        throw CommandFailure.usage(
            "'" + literal + "' is no folder. The folder of a model is wanted.");
      } else if (isPattern(text)) {
        folders.addAll(matching(workingDirectory, text));
      } else {
        throw CommandFailure.usage(
            "There is no folder '" + literal + "'. The folder of a trained model is wanted.");
      }
    }
    return List.copyOf(folders);
  }

  private static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  private static List<Path> matching(Path workingDirectory, String pattern) throws IOException {
    Path parts = Path.of(pattern);
    List<Path> found = List.of(parts.isAbsolute() ? parts.getRoot() : workingDirectory);
    for (Path part : parts) {
      List<Path> deeper = new ArrayList<>();
      for (Path folder : found) {
        deeper.addAll(isPattern(part.toString()) ? children(folder, part) : child(folder, part));
      }
      found = deeper;
    }
    if (found.isEmpty()) {
      throw CommandFailure.usage(
          "No folder matches '" + pattern + "' in '" + workingDirectory + "'.");
    }
    return found;
  }

  private static List<Path> child(Path folder, Path name) {
    Path child = folder.resolve(name).normalize();
    return Files.isDirectory(child) ? List.of(child) : List.of();
  }

  private static List<Path> children(Path folder, Path pattern) throws IOException {
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("'" + pattern + "' is no pattern: " + e.getMessage(), e);
    }
    boolean hidden = pattern.toString().startsWith(".");
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(Files::isDirectory)
          .filter(entry -> matcher.matches(entry.getFileName()))
          .filter(entry -> hidden || !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }
}
