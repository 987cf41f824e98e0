package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;

/**
 * Follows one path from its mount down, name by name: each directory is opened by the handle of the
 * one before, and a link is read and judged before anything of it is touched. So whatever lies
 * outside is never asked, and a link that is swapped in meanwhile is not followed.
 */
final class Walk {

  private static final int MOST_LINKS = 40;

  private final MountSet mounts;
  private final String asked;
  private final boolean mayBeNew;
  private final Mounted mount;
  private final Path root;
  private final Deque<String> rest;
  private final List<String> done = new ArrayList<>();
  private int links;

  private Walk(
      MountSet mounts, String asked, MountSet.Place place, boolean mayBeNew, int links, Path root) {
    this.mounts = mounts;
    this.asked = asked;
    this.mayBeNew = mayBeNew;
    this.links = links;
    this.root = root;
    mount = place.mount();
    rest = new ArrayDeque<>(place.names());
  }

  /**
   * Goes there. On the lane of the place's mount.
   *
   * @param asked as somebody gave it, for messages
   * @param mayBeNew whether the last name may be free
   * @param links followed so far
   * @throws Redirect if a link leads into another mount
   * @throws FileAccessException as the contract says
   */
  static Spot to(MountSet mounts, String asked, MountSet.Place place, boolean mayBeNew, int links)
      throws IOException, Redirect {
    Path root;
    try {
      root = mounts.root(place.mount());
    } catch (NoSuchFileException e) {
      throw new FileAccessException(
          Code.UNAVAILABLE,
          "The mount '%s' is not there now. Ask the worker's administrator to mount it."
              .formatted(place.mount().label()),
          e);
    }
    Walk walk = new Walk(mounts, asked, place, mayBeNew, links, root);
    while (true) {
      Spot spot = walk.once();
      if (spot != null) {
        return spot;
      }
    }
  }

  /** From the mount down until the end, or until the path has to be thought over. */
  private Spot once() throws IOException, Redirect {
    done.clear();
    SecureDirectoryStream<Path> directory = Spot.open(root);
    try {
      while (!rest.isEmpty()) {
        String next = rest.removeFirst();
        if (next.equals("..")) {
          back();
          return null;
        }
        Path name = Path.of(next);
        if (mounts.isSecret(at().resolve(name))) {
          throw MountSet.outside(asked);
        }
        BasicFileAttributes attributes = attributes(directory, name);
        if (attributes != null && mounts.isSecret(attributes)) {
          throw MountSet.outside(asked);
        }
        if (attributes != null && attributes.isSymbolicLink()) {
          follow(name);
          return null;
        }
        if (attributes == null || rest.isEmpty()) {
          Spot spot = end(directory, name, attributes);
          directory = null;
          return spot;
        }
        if (!attributes.isDirectory()) {
          throw notFound();
        }
        SecureDirectoryStream<Path> inner =
            directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
        directory.close();
        directory = inner;
        done.add(next);
      }
      // Names always end in one of the returns above, so this is the mount itself.
      Spot spot = new Spot(mount, root, directory, null, Spot.attributes(directory, Path.of(".")));
      directory = null;
      return spot;
    } finally {
      if (directory != null) {
        directory.close();
      }
    }
  }

  private Spot end(
      SecureDirectoryStream<Path> directory, Path name, BasicFileAttributes attributes) {
    if (attributes == null && !(mayBeNew && rest.isEmpty())) {
      throw notFound();
    }
    if (attributes != null && attributes.isOther()) {
      throw new FileAccessException(
          Code.ACCESS_DENIED,
          "'%s' is neither a file nor a directory.".formatted(Names.shown(asked)));
    }
    return new Spot(mount, at().resolve(name), directory, name, attributes);
  }

  private Path at() {
    Path path = root;
    for (String name : done) {
      path = path.resolve(name);
    }
    return path;
  }

  private static BasicFileAttributes attributes(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    try {
      return Spot.attributes(directory, name);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private FileAccessException notFound() {
    return new FileAccessException(
        Code.PATH_NOT_FOUND,
        "Nothing is at '%s' in the mount '%s'.".formatted(Names.shown(asked), mount.label()));
  }

  /** {@code ..}: what was walked is real, so the one before is its parent. */
  private void back() throws Redirect {
    count();
    if (done.isEmpty()) {
      List<String> names = new ArrayList<>(Names.split(root.toString()));
      if (!names.isEmpty()) {
        names.remove(names.size() - 1);
      }
      names.addAll(rest);
      judge(names);
      return;
    }
    for (int i = done.size() - 2; i >= 0; i--) {
      rest.addFirst(done.get(i));
    }
  }

  private void follow(Path name) throws IOException, Redirect {
    count();
    String target = Files.readSymbolicLink(at().resolve(name)).toString();
    List<String> names = new ArrayList<>();
    if (!target.startsWith("/")) {
      names.addAll(Names.split(at().toString()));
    }
    names.addAll(split(target));
    names.addAll(rest);
    judge(names);
  }

  /** The text of a link may be anything; what it means outside is nobody's business. */
  private List<String> split(String target) {
    try {
      return Names.split(target);
    } catch (FileAccessException e) {
      throw MountSet.outside(asked);
    }
  }

  private void judge(List<String> names) throws Redirect {
    MountSet.Place place = mounts.place(asked, names);
    if (place.mount() != mount) {
      throw new Redirect(mounts, asked, names, links);
    }
    rest.clear();
    rest.addAll(place.names());
  }

  private void count() {
    if (++links > MOST_LINKS) {
      throw new FileAccessException(
          Code.ACCESS_DENIED,
          "The path '%s' goes through more than %d links, or in a circle."
              .formatted(Names.shown(asked), MOST_LINKS));
    }
  }
}
