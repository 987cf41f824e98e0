package org.peerworks.launcher;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.Set;

/**
 * The record of the bundles that were installed from features, by location: hash, size and time of
 * the jar. It lies in the framework's directory and is lost with it.
 */
final class InstalledBundles {

  private final Path file;
  private final Properties records = new Properties();

  private InstalledBundles(Path file) {
    this.file = file;
  }

  /** A record that cannot be read counts as empty: every bundle is then verified and updated. */
  static InstalledBundles load(Path file) throws LaunchException {
    InstalledBundles installed = new InstalledBundles(file);
    try (Reader reader = Files.newBufferedReader(file)) {
      installed.records.load(reader);
    } catch (NoSuchFileException e) {
      return installed;
    } catch (IOException | IllegalArgumentException e) {
      throw new LaunchException(
          ExitStatus.DATA,
          "Cannot read '"
              + file
              + "'. Delete the directory '"
              + file.getParent()
              + "' and start again.",
          e);
    }
    return installed;
  }

  Set<String> locations() {
    return records.stringPropertyNames();
  }

  /** Whether the jar was verified before and has not been touched since. */
  boolean isUnchanged(PinnedBundle bundle) throws IOException {
    return record(bundle).equals(records.getProperty(bundle.location()));
  }

  /** Whether the framework has this very content. */
  boolean isSame(PinnedBundle bundle) {
    String record = records.getProperty(bundle.location());
    return record != null && record.startsWith(bundle.sha256() + " ");
  }

  void remember(PinnedBundle bundle) throws IOException {
    records.setProperty(bundle.location(), record(bundle));
  }

  void forget(String location) {
    records.remove(location);
  }

  void save() throws LaunchException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.createDirectories(file.getParent());
      try (Writer writer = Files.newBufferedWriter(temporary)) {
        records.store(writer, null);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new LaunchException(
          ExitStatus.DATA, "Cannot write '" + file + "': " + Reasons.of(e) + ".", e);
    }
  }

  private static String record(PinnedBundle bundle) throws IOException {
    return bundle.sha256()
        + " "
        + Files.size(bundle.file())
        + " "
        + Files.getLastModifiedTime(bundle.file()).toMillis();
  }
}
