package org.peerworks.lib.files;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The names of one archive: each is safe, and none is in the way of another. */
final class EntryNames {

  private static final int MAX_DEPTH = 32;
  private static final int MAX_CHARACTERS = 2048;
  private static final long MAX_CHARACTERS_IN_ALL = 16 << 20;

  /**
   * By what a file system that ignores case sees: what the archive said, "/" at the end if a
   * folder.
   */
  private final Map<String, String> taken = new HashMap<>();

  private final int most;
  private long characters;

  /**
   * @param most names, those of folders that are only implied among them
   */
  EntryNames(int most) {
    this.most = most;
  }

  /**
   * Checks a name and takes it.
   *
   * @return its parts
   */
  List<String> take(String name, boolean directory) throws ArchiveException {
    String path = directory && name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    List<String> parts = check(path, name);
    StringBuilder soFar = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      boolean last = i == parts.size() - 1;
      soFar.append(parts.get(i));
      claim(soFar.toString(), !last || directory, last && !directory, name);
      soFar.append('/');
    }
    return parts;
  }

  private void claim(String path, boolean folder, boolean fresh, String name)
      throws ArchiveException {
    String spelled = folder ? path + "/" : path;
    String other = taken.putIfAbsent(fold(path), spelled);
    if (other != null && (fresh || !other.equals(spelled))) {
      throw refused(name, "is in the way of '" + FileNames.shown(other) + "'");
    }
    if (other == null) {
      characters += path.length();
      if (taken.size() > most) {
        throw refused(name, "goes beyond the limit of " + most + " files and folders");
      }
      if (characters > MAX_CHARACTERS_IN_ALL) {
        throw refused(
            name, "goes beyond the limit of " + MAX_CHARACTERS_IN_ALL + " characters of names");
      }
    }
  }

  private static List<String> check(String path, String name) throws ArchiveException {
    if (path.length() > MAX_CHARACTERS) {
      throw refused(name, "is longer than " + MAX_CHARACTERS + " characters");
    }
    if (path.startsWith("/") || path.matches("(?s)[A-Za-z]:.*")) {
      throw refused(name, "is an absolute path");
    }
    if (path.indexOf('\\') >= 0) {
      throw refused(name, "contains a backslash");
    }
    if (!path.codePoints().allMatch(FileNames::isPrintable)) {
      throw refused(name, "contains a control character, or is not UTF-8");
    }
    List<String> parts = List.of(path.split("/", -1));
    if (parts.size() > MAX_DEPTH) {
      throw refused(name, "is deeper than " + MAX_DEPTH + " folders");
    }
    for (String part : parts) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw refused(name, "contains the part '" + part + "'");
      }
      if (FileNames.utf8Length(part) > FileNames.MAX_BYTES) {
        throw refused(name, "has a part longer than " + FileNames.MAX_BYTES + " bytes");
      }
    }
    return parts;
  }

  private static String fold(String path) {
    return Normalizer.normalize(
        path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  static ArchiveException refused(String name, String why) {
    return new ArchiveException(
        "The archive's entry '" + FileNames.shown(name) + "' " + why + "; pack it anew without.");
  }
}
