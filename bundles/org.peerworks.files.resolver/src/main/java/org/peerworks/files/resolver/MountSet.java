package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;

/**
 * All mounts at one moment.
 *
 * @param mounts in order
 * @param workingDirectory what relative paths start from, absolute
 * @param own the worker's data directory, which no mount shows
 */
record MountSet(List<Mounted> mounts, Path workingDirectory, OwnData own) {

  MountSet {
    mounts = List.copyOf(mounts);
  }

  /**
   * A path, as far as its text tells: which mount it begins with, and the names below.
   *
   * @param names with {@code ..} as they were given
   */
  record Place(Mounted mount, List<String> names) {

    Place {
      names = List.copyOf(names);
    }
  }

  /**
   * Finds the mount of a path that somebody gave.
   *
   * @throws FileAccessException {@code ACCESS_DENIED} if it begins with none
   */
  Place place(String path) {
    List<String> names = Names.split(path);
    if (path.startsWith("/")) {
      return place(path, names);
    }
    List<String> all = new ArrayList<>(Names.split(workingDirectory.toString()));
    all.addAll(names);
    return place(path, all);
  }

  /**
   * The same with names from the root directory on.
   *
   * @param asked as somebody gave it, for the message
   */
  Place place(String asked, List<String> names) {
    Place found = null;
    for (int end = 0; end <= names.size(); end++) {
      if (found != null && end > 0 && names.get(end - 1).equals("..")) {
        break;
      }
      List<String> start = Names.normalized(names.subList(0, end));
      Optional<Mounted> mount = mounts.stream().filter(each -> each.is(start)).findFirst();
      if (mount.isPresent()) {
        found = new Place(mount.get(), names.subList(end, names.size()));
      }
    }
    if (found == null) {
      throw outside(asked);
    }
    return found;
  }

  /** The one refusal of all that is outside, whether it exists or not. */
  static FileAccessException outside(String asked) {
    return new FileAccessException(
        Code.ACCESS_DENIED,
        "The path '%s' is not within the mounts of this worker.".formatted(Names.shown(asked)));
  }

  /** Whether a path, which comes from the disk, is that of a mount. */
  boolean isMount(Path path) {
    for (Mounted mount : mounts) {
      if (mount.configured().equals(path) || mount.lastReal().equals(path)) {
        return true;
      }
    }
    return false;
  }

  /** The names of those mounts that lie directly in a directory. */
  Set<String> below(Path directory) {
    Set<String> names = new HashSet<>();
    for (Mounted mount : mounts) {
      for (Path path : List.of(mount.configured(), mount.lastReal())) {
        if (directory.equals(path.getParent())) {
          names.add(path.getFileName().toString());
        }
      }
    }
    return names;
  }

  /** Whether a real path is that of the worker's own data. */
  boolean isSecret(Path path) {
    return own.path().equals(path);
  }

  /** The same by what it is, whatever name has led there. */
  boolean isSecret(BasicFileAttributes attributes) {
    return own.is(attributes);
  }

  /**
   * Where a mount really is now. Touches the disk: on its lane only.
   *
   * @throws FileAccessException {@code ACCESS_DENIED} if a link leads from it into the worker's
   *     data
   */
  Path root(Mounted mount) throws IOException {
    Path root = mount.real();
    if (!mount.hidden() && isOwn(root)) {
      throw new FileAccessException(
          Code.ACCESS_DENIED,
          "The mount '%s' leads into the worker's own data and is not shown. Choose another directory."
              .formatted(mount.label()));
    }
    return root;
  }

  private boolean isOwn(Path real) throws IOException {
    return real.startsWith(own.path())
        || own.is(Files.readAttributes(real, BasicFileAttributes.class));
  }

  /** The mounts that clients see. */
  List<Mounted> visible() {
    return mounts.stream().filter(mount -> !mount.hidden()).toList();
  }
}
