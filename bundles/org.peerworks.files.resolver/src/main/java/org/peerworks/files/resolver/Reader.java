package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;

/** Reads one directory: names, and which of them are directories. On the mount's lane. */
final class Reader {

  /** Up to so many entries each link is followed to tell whether it is a directory. */
  static final int LINKS_FOLLOWED = 2000;

  private final MountSet mounts;
  private final int most;

  /**
   * @param most entries that are read
   */
  Reader(MountSet mounts, int most) {
    this.mounts = mounts;
    this.most = most;
  }

  Listing read(Spot spot) throws IOException {
    List<String> entries = new ArrayList<>();
    try (SecureDirectoryStream<Path> directory = spot.directory()) {
      for (Path entry : directory) {
        entries.add(name(entry));
        if (entries.size() > most) {
          throw new FileAccessException(
              Code.LIMIT,
              "The directory has more than %d entries. Search in it instead.".formatted(most));
        }
      }
    }
    try (SecureDirectoryStream<Path> directory = spot.directory()) {
      return judge(spot, directory, entries);
    }
  }

  /** As getFileName() has it, without another path for each of many entries. */
  private static String name(Path entry) {
    String path = entry.toString();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private Listing judge(Spot spot, SecureDirectoryStream<Path> directory, List<String> entries)
      throws IOException {
    boolean all = entries.size() <= LINKS_FOLLOWED;
    int directories = all ? LinkCounts.UNKNOWN : counts(spot).directoriesIn(spot.real());
    List<Listing.Name> names = new ArrayList<>(entries.size());
    long hidden = 0;
    String secret =
        spot.real().equals(mounts.own().path().getParent()) ? name(mounts.own().path()) : null;
    Set<String> mountRoots = mounts.below(spot.real());
    for (String text : entries) {
      if (!Names.isShowable(text) || text.equals(secret)) {
        hidden++;
        continue;
      }
      Kind kind = Kind.FILE;
      if (mountRoots.contains(text)) {
        kind = Kind.LINK_TO_DIRECTORY; // of another disk, which is not asked
      } else if (directories != 0) {
        kind = kind(spot, directory, Path.of(text), all);
      }
      switch (kind) {
        case DIRECTORY -> {
          names.add(Listing.Name.of(text, true));
          directories--;
        }
        case LINK_TO_DIRECTORY -> names.add(Listing.Name.of(text, true));
        case FILE -> names.add(Listing.Name.of(text, false));
        case HIDDEN -> hidden++;
        default -> throw new IllegalStateException(kind.name());
      }
    }
    return new Listing(spot.real(), spot.attributes().lastModifiedTime(), names, hidden);
  }

  private static LinkCounts counts(Spot spot) throws IOException {
    return new LinkCounts(spot.real());
  }

  private enum Kind {
    DIRECTORY,
    LINK_TO_DIRECTORY,
    FILE,
    HIDDEN
  }

  private Kind kind(
      Spot spot, SecureDirectoryStream<Path> directory, Path entry, boolean followLinks)
      throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Spot.attributes(directory, entry);
    } catch (NoSuchFileException e) {
      return Kind.HIDDEN; // gone meanwhile
    }
    if (attributes.isDirectory()) {
      return mounts.isSecret(attributes) ? Kind.HIDDEN : Kind.DIRECTORY;
    }
    if (attributes.isSymbolicLink()) {
      return followLinks ? linked(spot, entry) : Kind.FILE;
    }
    return attributes.isRegularFile() ? Kind.FILE : Kind.HIDDEN;
  }

  private Kind linked(Spot spot, Path entry) throws IOException {
    String path = spot.real().resolve(entry).toString();
    MountSet.Place place = mounts.place(path);
    if (place.mount() != spot.mount()) {
      return Kind.FILE; // of another disk, which is asked when its page is shown
    }
    try (Spot target = Walk.to(mounts, path, place, false, 0)) {
      return target.attributes().isDirectory() ? Kind.LINK_TO_DIRECTORY : Kind.FILE;
    } catch (Redirect e) {
      return Kind.FILE; // the same
    } catch (FileAccessException e) {
      return Kind.HIDDEN;
    }
  }
}
