package org.peerworks.job.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.PackagePaths;
import org.peerworks.lib.sleap.Shown;

/**
 * Finds the labels of a configuration in its package. SLEAP writes the path of the machine that it
 * ran on, so a file counts as found by its name alone.
 */
final class LabelFiles {

  private final PackagePaths paths;

  LabelFiles(PackagePaths paths) {
    this.paths = paths;
  }

  /**
   * The labels to train on: those that are wanted, or else the package's only {@code .slp}.
   *
   * @param others labels that are for something else
   */
  List<String> training(String config, List<String> wanted, List<String> others)
      throws IOException {
    List<String> found = new ArrayList<>();
    for (String text : wanted) {
      find(text).ifPresent(found::add);
    }
    if (!wanted.isEmpty() && found.size() == wanted.size()) {
      return found;
    }
    List<String> present = atTop();
    List<String> candidates = present.stream().filter(slp -> !others.contains(slp)).toList();
    if (candidates.size() == 1 && wanted.size() <= 1) {
      return candidates;
    }
    throw missing(config, "data_config.train_labels_path", String.join(", ", wanted), present);
  }

  /** Other labels, each of which must be found. */
  List<String> all(String config, String key, List<String> wanted) throws IOException {
    List<String> found = new ArrayList<>();
    for (String text : wanted) {
      Optional<String> file = find(text);
      if (file.isEmpty()) {
        throw missing(config, key, text, atTop());
      }
      found.add(file.get());
    }
    return found;
  }

  private Optional<String> find(String text) throws IOException {
    String name = text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
    for (String place : List.of(text, name)) {
      Optional<Path> file = paths.find(place).filter(Files::isRegularFile);
      if (file.isPresent()) {
        return file.map(paths::relative);
      }
    }
    return Optional.empty();
  }

  private List<String> atTop() throws IOException {
    try (Stream<Path> files = Files.list(paths.root())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".slp") && !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static PackageException missing(
      String config, String key, String wanted, List<String> present) {
    String found =
        present.isEmpty()
            ? "has no .slp file"
            : present.stream().map(Shown::quoted).collect(Collectors.joining(", ", "has ", ""));
    return new PackageException(
        "The configuration %s wants labels that are not in the package: '%s' is %s, but the package %s."
            .formatted(
                Shown.quoted(config),
                key,
                wanted.isEmpty() ? "empty" : Shown.quoted(wanted),
                found));
  }
}
