package org.peerworks.protocol.sleap.internal.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.peerworks.lib.files.FileNames;
import org.peerworks.lib.sleap.PackageException;
import org.peerworks.lib.sleap.Script;
import org.peerworks.lib.sleap.ScriptCommand;

/**
 * A package as sleap-rtc's workers take it (sleap-rtc wire format §2.2): one folder that is named
 * like the archive, with a script that their parser understands. Contents are copied as they are,
 * compressed or not.
 *
 * @param name of the archive, for the worker
 * @param size in bytes
 */
record LegacyPackage(Path file, String name, long size) {

  static final String TRAIN_SCRIPT = "train-script.sh";
  static final String TRACK_SCRIPT = "track-script.sh";

  /**
   * Rewrites a package.
   *
   * @param name of the archive, plain
   * @param directory where the rewritten one goes
   * @throws IOException if it cannot be read or written
   */
  static LegacyPackage of(Path zip, String name, boolean track, Path directory) throws IOException {
    String stem = worded(name.replaceFirst("(?i)\\.zip$", ""));
    Path target = directory.resolve("package.zip");
    String wanted = track ? TRACK_SCRIPT : TRAIN_SCRIPT;
    try (ZipFile source = ZipFile.builder().setPath(zip).get();
        ZipArchiveOutputStream result = new ZipArchiveOutputStream(target)) {
      List<ZipArchiveEntry> entries = Collections.list(source.getEntries());
      ZipArchiveEntry script = script(entries, wanted, name);
      String root = script.getName().substring(0, script.getName().length() - wanted.length());
      Set<String> names = new HashSet<>();
      for (ZipArchiveEntry entry : entries) {
        if (entry.isDirectory() || entry == script || !entry.getName().startsWith(root)) {
          continue;
        }
        String path = stem + "/" + worded(entry.getName().substring(root.length()));
        if (!names.add(path.toLowerCase(Locale.ROOT))) {
          throw Refusals.invalid(
              "Two files of the package would be called '" + path + "' at the worker. Rename one.");
        }
        result.addRawArchiveEntry(renamed(entry, path), source.getRawInputStream(entry));
      }
      write(result, stem + "/" + wanted, LegacyScript.of(commands(source, script, wanted), track));
    }
    return new LegacyPackage(target, stem + ".zip", Files.size(target));
  }

  private static ZipArchiveEntry renamed(ZipArchiveEntry entry, String path) {
    ZipArchiveEntry copy = new ZipArchiveEntry(path);
    copy.setMethod(entry.getMethod());
    copy.setSize(entry.getSize());
    copy.setCompressedSize(entry.getCompressedSize());
    copy.setCrc(entry.getCrc());
    copy.setTime(entry.getTime());
    copy.setUnixMode(0100644);
    return copy;
  }

  private static ZipArchiveEntry script(List<ZipArchiveEntry> entries, String wanted, String name) {
    return entries.stream()
        .filter(
            entry -> entry.getName().equals(wanted) || entry.getName().matches("[^/]+/" + wanted))
        .findFirst()
        .orElseThrow(
            () ->
                Refusals.invalid(
                    "The package '%s' has no '%s', neither at the top nor in its one folder."
                        .formatted(name, wanted)));
  }

  private static List<ScriptCommand> commands(ZipFile source, ZipArchiveEntry script, String name)
      throws IOException {
    byte[] bytes = source.getInputStream(script).readNBytes(Script.MOST_BYTES + 1);
    try {
      return Script.parse(name, new String(bytes, StandardCharsets.UTF_8));
    } catch (PackageException e) {
      throw Refusals.invalid(e.getMessage(), e);
    }
  }

  /**
   * What a package's script says.
   *
   * @param name of the archive, for people
   * @param wanted name of the script
   */
  static List<ScriptCommand> commands(Path zip, String name, String wanted) throws IOException {
    try (ZipFile source = ZipFile.builder().setPath(zip).get()) {
      List<ZipArchiveEntry> entries = Collections.list(source.getEntries());
      return commands(source, script(entries, wanted, name), wanted);
    }
  }

  /**
   * Takes a file out of a package.
   *
   * @param path as the script of the tracking names it
   * @param target is not there yet
   */
  static Path extract(Path zip, String name, String path, Path target) throws IOException {
    try (ZipFile source = ZipFile.builder().setPath(zip).get()) {
      String script = script(Collections.list(source.getEntries()), TRACK_SCRIPT, name).getName();
      String root = script.substring(0, script.length() - TRACK_SCRIPT.length());
      ZipArchiveEntry entry = source.getEntry(root + path.replaceFirst("^\\./", ""));
      if (entry == null) {
        throw Refusals.invalid("The package '%s' has no '%s'.".formatted(name, path));
      }
      try (InputStream content = source.getInputStream(entry)) {
        Files.copy(content, target);
      }
    }
    return target;
  }

  /**
   * Takes the files out of a folder of a package, without those of folders in it.
   *
   * @param path as the script of the tracking names it
   */
  static void extractFolder(Path zip, String name, String path, Path target) throws IOException {
    try (ZipFile source = ZipFile.builder().setPath(zip).get()) {
      List<ZipArchiveEntry> entries = Collections.list(source.getEntries());
      String script = script(entries, TRACK_SCRIPT, name).getName();
      String root = script.substring(0, script.length() - TRACK_SCRIPT.length());
      String folder = root + path.replaceFirst("^\\./", "").replaceFirst("/+$", "") + "/";
      int found = 0;
      for (ZipArchiveEntry entry : entries) {
        String file =
            entry.getName().substring(Math.min(entry.getName().length(), folder.length()));
        if (!entry.getName().startsWith(folder) || file.isEmpty() || file.contains("/")) {
          continue;
        }
        try (InputStream content = source.getInputStream(entry)) {
          Files.copy(content, target.resolve(plain(file)));
        }
        found++;
      }
      if (found == 0) {
        throw Refusals.invalid("The package '%s' has no files in '%s'.".formatted(name, path));
      }
    }
  }

  private static String plain(String file) {
    try {
      return FileNames.requirePlain(file);
    } catch (IllegalArgumentException e) {
      throw Refusals.invalid(e.getMessage(), e);
    }
  }

  private static void write(ZipArchiveOutputStream zip, String path, String text)
      throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(path);
    entry.setUnixMode(0100755);
    zip.putArchiveEntry(entry);
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeArchiveEntry();
  }

  /** Without blanks: the worker splits its script at them, quoted or not. */
  static String worded(String path) {
    return path.replaceAll("\\s", "_");
  }

  /** Every word of a command, without blanks. */
  static List<String> worded(List<String> words) {
    List<String> result = new ArrayList<>();
    words.forEach(word -> result.add(worded(word)));
    return result;
  }
}
