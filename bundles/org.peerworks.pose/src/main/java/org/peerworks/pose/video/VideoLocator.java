package org.peerworks.pose.video;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.peerworks.pose.UserError;

/**
 * Finds the video that a label file names. Labels come from other people's computers, so the path
 * that they hold may lead nowhere, or where it must not: only what lies in some folders is found.
 */
final class VideoLocator {

  /**
   * Names the mounts of the worker that this program runs for, absolute, with the system's path
   * separator between them: what the labels name in one of them is found as well.
   */
  private static final String MOUNTS = "PEERWORKS_MOUNTS";

  private final Path folder;
  private final List<Path> mounts;

  /**
   * @param folder of the labels
   * @param mounts absolute; nothing outside of these and of the folder is looked at, and no link
   *     out of them is followed
   */
  VideoLocator(Path folder, List<Path> mounts) throws IOException {
    this.folder = folder.toRealPath();
    this.mounts = mounts;
  }

  /**
   * Looks in the working directory if the labels are in it, as in a job whose package was unpacked
   * there; else in the folder of the labels.
   */
  static VideoLocator around(Path labels) throws IOException {
    Path parent = labels.toRealPath().getParent();
    Path here = Path.of("").toRealPath();
    return new VideoLocator(parent.startsWith(here) ? here : parent, mounts());
  }

  private static List<Path> mounts() {
    String mounts = System.getenv().getOrDefault(MOUNTS, "");
    return Arrays.stream(mounts.split(File.pathSeparator))
        .filter(mount -> !mount.isEmpty())
        .map(Path::of)
        .toList();
  }

  /**
   * Finds a video by the path that the labels hold, else by its name beside the labels, else by its
   * name in the folder.
   *
   * @throws UserError telling where it was looked for
   */
  Path find(Path labels, String stored) throws UserError, IOException {
    Path beside = labels.toRealPath().getParent();
    String name = stored.substring(stored.lastIndexOf('/') + 1);
    name = name.substring(name.lastIndexOf('\\') + 1);
    List<Path> candidates = new ArrayList<>();
    try {
      candidates.add(beside.resolve(stored));
      candidates.add(folder.resolve(stored));
      candidates.add(beside.resolve(name));
      candidates.add(folder.resolve(name));
    } catch (InvalidPathException e) {
      throw UserError.data(
          e, "'%s' names a video by a path that cannot be: %s.", labels, e.getReason());
    }
    for (Path candidate : candidates) {
      if (isInside(candidate.normalize())) {
        return candidate.toRealPath();
      }
    }
    throw UserError.data(
        "The video '%s' of '%s' is not there: neither that path inside of '%s' nor '%s' beside the labels. Nothing outside of that folder is looked at%s. Put the video beside the labels, or save a package with images ('.pkg.slp').",
        stored,
        labels.getFileName(),
        folder.getFileName(),
        name,
        !mounts.isEmpty() ? ", but for the worker's mounts" : "");
  }

  /** A mount that is not asked for may not answer; it is left alone. */
  private boolean isInside(Path candidate) throws IOException {
    for (Path mount : mounts) {
      if (isIn(mount, candidate)) {
        return true;
      }
    }
    return isIn(folder, candidate);
  }

  private static boolean isIn(Path root, Path candidate) throws IOException {
    return candidate.startsWith(root)
        && Files.isRegularFile(candidate)
        && candidate.toRealPath().startsWith(root.toRealPath());
  }
}
