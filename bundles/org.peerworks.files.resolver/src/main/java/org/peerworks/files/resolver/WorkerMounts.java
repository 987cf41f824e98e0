package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.Mount;
import org.peerworks.files.api.Mounts;
import org.peerworks.files.api.NewFile;
import org.peerworks.lib.files.FileNames;

/** The mounts as this worker's job types and protocols use them. */
@Component
public final class WorkerMounts implements Mounts {

  private static final int LONGEST_NAME = 200;
  private static final int DEEPEST_NEW = 64;

  private final MountTable table;
  private final Places places;

  @Activate
  public WorkerMounts(@Reference(name = "table") MountTable table) {
    this.table = table;
    places = new Places(table::mounts);
  }

  @Override
  public List<Mount> mounts() {
    return table.mounts().visible().stream().map(Mounted::mount).toList();
  }

  @Override
  public Path workingDirectory() {
    return table.mounts().workingDirectory();
  }

  @Override
  public Path require(String path) {
    return Places.await(places.visit(path, Spot::real));
  }

  @Override
  public Path requireForWriting(String path) {
    return Places.await(
        places.visitNew(
            path,
            spot -> {
              requireOpen(spot, path);
              return spot.real();
            }));
  }

  @Override
  public SeekableByteChannel open(String path) {
    return Places.await(places.visit(path, Spot::file));
  }

  @Override
  public NewFile create(String path) {
    List<String> names = Names.split(path);
    requireName(names.isEmpty() ? "" : names.get(names.size() - 1));
    return Places.await(
        places.visitNew(
            path,
            spot -> {
              requireOpen(spot, path);
              if (spot.exists()) {
                throw taken(path);
              }
              return MountedNewFile.create(spot);
            }));
  }

  @Override
  public Path createDirectories(String path) {
    List<String> names = Names.split(path);
    int from = names.size();
    // From the end upwards until something exists, then down again.
    for (int missing = 0; missing <= Math.min(DEEPEST_NEW, names.size()); missing++) {
      String start = join(path, names.subList(0, names.size() - missing));
      boolean there = Places.await(places.visitNew(start, this::isDirectory).handle(this::orNot));
      if (there) {
        from = names.size() - missing;
        break;
      }
      if (missing == Math.min(DEEPEST_NEW, names.size())) {
        return require(path); // says what is wrong
      }
    }
    for (int end = from + 1; end <= names.size(); end++) {
      requireName(names.get(end - 1));
      String next = join(path, names.subList(0, end));
      Places.await(places.visitNew(next, spot -> make(spot, next)));
    }
    return Places.await(
        places.visit(
            path,
            spot -> {
              if (!spot.attributes().isDirectory()) {
                throw taken(path);
              }
              return spot.real();
            }));
  }

  private boolean isDirectory(Spot spot) {
    if (spot.exists() && !spot.attributes().isDirectory()) {
      throw taken(spot.real().toString());
    }
    return spot.exists();
  }

  private Boolean orNot(Boolean there, Throwable failure) {
    if (failure == null) {
      return there;
    }
    FileAccessException known = Places.known(failure);
    if (known.code() == Code.PATH_NOT_FOUND) {
      return false;
    }
    throw known;
  }

  /** Java makes no directory by handle: what was made is looked at again by handles afterwards. */
  private static Void make(Spot spot, String path) throws IOException {
    requireOpen(spot, path);
    if (!spot.exists()) {
      try {
        Files.createDirectory(spot.real());
      } catch (FileAlreadyExistsException e) {
        return null; // somebody else was faster; what it is will be seen
      }
    }
    return null;
  }

  private static String join(String path, List<String> names) {
    return (path.startsWith("/") ? "/" : "./") + String.join("/", names);
  }

  /** Nothing is written into the worker's own directory but by the worker. */
  private static void requireOpen(Spot spot, String path) {
    if (spot.mount().hidden()) {
      throw MountSet.outside(path);
    }
  }

  private static void requireName(String name) {
    try {
      FileNames.requirePlain(name);
    } catch (IllegalArgumentException e) {
      throw new FileAccessException(Code.INVALID_REQUEST, e.getMessage(), e);
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      throw new FileAccessException(
          Code.INVALID_REQUEST,
          "The file name '%s' is longer than %d bytes.".formatted(name, LONGEST_NAME));
    }
  }

  static FileAccessException taken(String path) {
    return new FileAccessException(
        Code.EXISTS,
        "'%s' exists already and is not replaced. Choose another name."
            .formatted(Names.shown(path)));
  }
}
