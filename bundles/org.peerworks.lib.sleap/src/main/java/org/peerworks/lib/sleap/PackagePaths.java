package org.peerworks.lib.sleap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Resolves the paths that a package names, and never leaves the package. */
public final class PackagePaths {

  private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:[/\\\\].*", Pattern.DOTALL);
  private static final Pattern SCHEME =
      Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://.*", Pattern.DOTALL);
  private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]");
  private static final int LONGEST = 1024;

  private final Path root;

  /**
   * @param root existing directory of the package
   */
  public PackagePaths(Path root) throws IOException {
    this.root = root.toRealPath();
  }

  public Path root() {
    return root;
  }

  /**
   * A file or directory of the package.
   *
   * @param text relative to the package's root, with {@code /} as separator
   * @param what names the thing in messages, for example {@code the labels}
   * @throws PackageException if the path leaves the package, or nothing is there
   */
  public Path existing(String text, String what) throws IOException {
    Path path = inside(text, what);
    if (!Files.exists(path)) {
      throw new PackageException(
          "The package has no %s; %s must be in the package.".formatted(Shown.quoted(text), what));
    }
    return path;
  }

  /** The same, but empty where nothing is there or the path leaves the package. */
  public Optional<Path> find(String text) throws IOException {
    if (leaves(text) || text.isBlank()) {
      return Optional.empty();
    }
    Path path = resolve(text);
    return Files.exists(path) && path.toRealPath().startsWith(root)
        ? Optional.of(path)
        : Optional.empty();
  }

  /** A path inside the package where something may or may not be. */
  public Path inside(String text, String what) throws IOException {
    if (text.isBlank() || text.length() > LONGEST || leaves(text) || text.indexOf('\\') >= 0) {
      throw outside(text, what);
    }
    Path path = resolve(text);
    Path nearest = path;
    while (!Files.exists(nearest)) {
      nearest = nearest.getParent();
    }
    if (!path.startsWith(root) || !nearest.toRealPath().startsWith(root)) {
      throw outside(text, what);
    }
    return path;
  }

  /** A path of the package as an argument: relative to the root, {@code .} for the root itself. */
  public String relative(Path path) {
    String text = root.relativize(path).toString();
    return text.isEmpty() ? "." : text;
  }

  /**
   * Whether a text reads as a path that does not stay below the directory it is used in: absolute
   * on any system, a home directory, an address, or with a parent directory in it.
   */
  public static boolean leaves(String text) {
    return text.startsWith("/")
        || text.startsWith("\\")
        || text.startsWith("~")
        || text.indexOf('\0') >= 0
        || DRIVE.matcher(text).matches()
        || SCHEME.matcher(text).matches()
        || SEPARATOR.splitAsStream(text).anyMatch(part -> part.strip().equals(".."));
  }

  private Path resolve(String text) throws PackageException {
    try {
      return root.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new PackageException(Shown.quoted(text) + " is no path on this worker.", e);
    }
  }

  private static PackageException outside(String text, String what) {
    return new PackageException(
        "%s is no path inside the package; %s must be named relative to the package's folder."
            .formatted(Shown.quoted(text), what));
  }
}
