package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;

/**
 * Whether files can be read in a mount. What is outside is not asked, and a mount that does not
 * answer only once. On one thread, which may wait.
 */
final class Readable implements Predicate<String> {

  private final Places places;
  private final Path directory;
  private final Set<Mounted> silent = new HashSet<>();

  /**
   * @param directory what relative paths start from
   */
  Readable(Places places, Path directory) {
    this.places = places;
    this.directory = directory;
  }

  /** Opens the file, to be sure. */
  static Path opened(Spot spot) throws IOException {
    spot.file().close();
    return spot.real();
  }

  @Override
  public boolean test(String path) {
    if (path.isBlank() || Names.isOfWindows(path)) {
      return false;
    }
    String absolute = path.startsWith("/") ? path : directory + "/" + path;
    Mounted mount = null;
    try {
      mount = places.mounts().place(absolute).mount();
      if (silent.contains(mount)) {
        return false;
      }
      Places.await(places.visit(absolute, Readable::opened));
      return true;
    } catch (FileAccessException e) {
      if (e.code() == Code.UNAVAILABLE && mount != null) {
        silent.add(mount);
      }
      return false;
    }
  }
}
