package org.peerworks.job.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a trainer has left in a folder. */
final class ModelFiles {

  private ModelFiles() {}

  static boolean hasEntries(Path folder) {
    return has(folder, entry -> true);
  }

  /** Whether a trainer's weights are there, of sleap-nn or the built-in one. */
  static boolean hasWeights(Path folder) {
    return has(
        folder,
        entry ->
            Files.isRegularFile(entry)
                && entry.getFileName().toString().matches(".+\\.(ckpt|safetensors|h5|pt)"));
  }

  private static boolean has(Path folder, Predicate<Path> wanted) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.anyMatch(wanted);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder '" + folder + "' cannot be read.", e);
    }
  }
}
