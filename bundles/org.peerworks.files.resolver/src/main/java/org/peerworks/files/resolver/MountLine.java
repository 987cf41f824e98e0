package org.peerworks.files.resolver;

import java.nio.file.Path;

/**
 * A mount as it is written down.
 *
 * @param label 1 to 64 characters
 * @param path absolute, or relative to the working directory
 */
record MountLine(String label, String path) {

  private static final int LONGEST_LABEL = 64;

  /**
   * Reads {@code label=path} or a path alone, which then gives the label.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  static MountLine parse(String text) {
    String line = text.strip();
    int equals = line.indexOf('=');
    int slash = line.indexOf('/');
    if (equals >= 0 && (slash < 0 || equals < slash)) {
      return of(line.substring(0, equals), line.substring(equals + 1));
    }
    Path name = Path.of(line).getFileName();
    return of(name == null ? "root" : name.toString(), line);
  }

  /** The same from its parts. */
  static MountLine of(String givenLabel, String givenPath) {
    String label = givenLabel.strip();
    String path = givenPath.strip();
    if (label.isEmpty()
        || label.length() > LONGEST_LABEL
        || label.contains("::")
        || label.equalsIgnoreCase("all")
        || !Names.isShowable(label)) {
      throw new IllegalArgumentException(
          "'%s' cannot be the label of a mount: 1 to %d characters without '::', not 'all'."
              .formatted(Names.shown(label), LONGEST_LABEL));
    }
    if (path.isEmpty() || !Names.isShowable(path)) {
      throw new IllegalArgumentException("The mount '%s' has no path.".formatted(label));
    }
    return new MountLine(label, path);
  }

  /**
   * @param working what a relative path starts from; null if there is none
   */
  Path path(Path working) {
    Path given = Path.of(path);
    if (!given.isAbsolute() && working == null) {
      throw new IllegalArgumentException(
          "The mount '%s' has the relative path '%s', but there is no working directory. Set 'workingDirectory', or give an absolute path."
              .formatted(label, path));
    }
    return (given.isAbsolute() ? given : working.resolve(given)).normalize();
  }
}
