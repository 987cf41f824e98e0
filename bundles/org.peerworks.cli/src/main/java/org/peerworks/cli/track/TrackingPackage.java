package org.peerworks.cli.track;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.job.InputNames;
import org.peerworks.cli.terminal.Units;
import org.peerworks.lib.files.Archives;
import org.peerworks.lib.files.FileTrees;

/** A tracking package as sleap-rtc lays it out, in a folder of its own that goes with it. */
final class TrackingPackage implements AutoCloseable {

  static final String NAME = "track_package.zip";

  /** Labels with images do not get smaller, they only take time. */
  private static final long LARGEST_TO_COMPRESS = 64L << 20;

  private final Path temporary;

  /** Writes the script of a package. */
  @FunctionalInterface
  interface Script {
    /**
     * @param data name of the labels in the package
     * @param models the model folders in the package
     */
    String text(String data, List<String> models);
  }

  /** The same for a package without labels. */
  @FunctionalInterface
  interface ModelScript {
    String text(List<String> models);
  }

  private TrackingPackage(Path temporary) {
    this.temporary = temporary;
  }

  /**
   * Packs labels, videos and models.
   *
   * @param directory where to build it
   * @param videos by the names that the labels know them by
   */
  static TrackingPackage of(
      Path directory, Path data, Map<String, Path> videos, List<Path> models, Script script)
      throws IOException {
    TrackingPackage built =
        new TrackingPackage(Files.createTempDirectory(directory, "peerworks-track-"));
    try {
      built.pack(Optional.of(data), videos, models, script);
      return built;
    } catch (IOException | RuntimeException e) {
      built.close();
      throw e;
    }
  }

  /** Packs models for labels that the worker has. */
  static TrackingPackage ofModels(Path directory, List<Path> models, ModelScript script)
      throws IOException {
    TrackingPackage built =
        new TrackingPackage(Files.createTempDirectory(directory, "peerworks-track-"));
    try {
      built.pack(Optional.empty(), Map.of(), models, (data, names) -> script.text(names));
      return built;
    } catch (IOException | RuntimeException e) {
      built.close();
      throw e;
    }
  }

  Path zip() {
    return temporary.resolve(NAME);
  }

  private void pack(Optional<Path> data, Map<String, Path> videos, List<Path> models, Script source)
      throws IOException {
    List<Path> large = new ArrayList<>(videos.values());
    data.ifPresent(large::add);
    checkSpace(large);
    Path root = Files.createDirectories(temporary.resolve("track_package"));
    Path modelRoot = Files.createDirectory(root.resolve("models"));
    InputNames names = new InputNames();
    names.take(Path.of("models"));
    names.take(Path.of("track-script.sh"));
    String dataName = data.map(names::take).orElse("");
    if (data.isPresent()) {
      place(data.get(), root.resolve(dataName));
    }
    for (Map.Entry<String, Path> video : videos.entrySet()) {
      place(video.getValue(), root.resolve(video.getKey()));
    }
    List<String> modelNames = new ArrayList<>();
    InputNames folders = new InputNames();
    for (Path model : models) {
      String name = folders.take(model);
      placeTree(model, modelRoot.resolve(name));
      modelNames.add("models/" + name);
    }
    Path script = root.resolve("track-script.sh");
    Files.writeString(script, source.text(dataName, modelNames));
    if (Files.getFileStore(script).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    boolean compress =
        videos.isEmpty() && (data.isEmpty() || Files.size(data.get()) <= LARGEST_TO_COMPRESS);
    List<String> leftOut = Archives.pack(root, "track_package", zip(), compress);
    if (!leftOut.isEmpty()) {
      throw CommandFailure.usage(
          "These files cannot go into a package: '"
              + String.join("', '", leftOut)
              + "'. Rename or remove them; two names must differ in more than case.");
    }
    FileTrees.delete(root);
  }

  private void checkSpace(List<Path> files) throws IOException {
    long wanted = 0;
    for (Path file : files) {
      wanted += Files.size(file);
    }
    long usable = Files.getFileStore(temporary).getUsableSpace();
    if (wanted > usable) {
      throw CommandFailure.failed(
          "The package needs %s, but the disk of '%s' has only %s. Make room there."
              .formatted(Units.bytes(wanted), temporary.getParent(), Units.bytes(usable)),
          null);
    }
  }

  private static void placeTree(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
      for (Path path : (Iterable<Path>) tree::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else if (Files.isRegularFile(path)) {
          place(path, target);
        } else {
          throw CommandFailure.usage(
              "'" + path + "' is no file, or a link to none. Remove it from the model's folder.");
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** A second name costs nothing; a copy is made where the file system has none. */
  private static void place(Path from, Path to) throws IOException {
    Path real = from.toRealPath();
    try {
      Files.createLink(to, real);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(real, to);
    }
  }

  @Override
  public void close() throws IOException {
    FileTrees.delete(temporary);
  }
}
