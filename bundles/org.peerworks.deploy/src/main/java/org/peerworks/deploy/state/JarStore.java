package org.peerworks.deploy.state;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.lib.files.FileTrees;

/**
 * The jars of deployed bundles, named by their SHA-256, so that none ever changes. A bundle stays
 * in its file; its location in the framework therefore says what it is.
 */
public final class JarStore {

  private static final Pattern LOCATION =
      Pattern.compile("reference:file:.*/bundles/jars/([0-9a-f]{64})\\.jar");

  private final Path jars;
  private final Path incoming;

  JarStore(Path directory) {
    jars = directory.resolve("jars");
    incoming = directory.resolve("incoming");
  }

  /** The file of a hash, whether it is there or not. */
  public Path file(String sha256) {
    return jars.resolve(sha256 + ".jar");
  }

  /** What the framework calls a bundle of this content. */
  public String location(String sha256) {
    return "reference:" + file(sha256).toUri();
  }

  /** The hash in a location; empty if it is not one of a deployed bundle, wherever the data lay. */
  public static Optional<String> hash(String location) {
    Matcher matcher = LOCATION.matcher(location);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** An empty directory for jars on their way in; the caller deletes it. */
  public Path newIncoming() throws IOException {
    Files.createDirectories(incoming);
    return Files.createTempDirectory(incoming, "");
  }

  /** Takes over a file of the incoming directory; it is on stable storage when this returns. */
  public void add(Path file, String sha256) throws IOException {
    Files.createDirectories(jars);
    Path target = file(sha256);
    AtomicFiles.sync(file);
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    AtomicFiles.sync(jars);
  }

  /** Deletes what came in when the worker was killed, and jars that nobody needs any more. */
  public void deleteOthers(Collection<String> needed) throws IOException {
    FileTrees.delete(incoming);
    if (!Files.isDirectory(jars)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(jars, "*.jar")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!needed.contains(name.substring(0, name.length() - ".jar".length()))) {
          FileTrees.delete(file);
        }
      }
    }
  }
}
