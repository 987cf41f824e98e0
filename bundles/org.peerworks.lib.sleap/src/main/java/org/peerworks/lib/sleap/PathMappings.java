package org.peerworks.lib.sleap;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Replaces the beginnings of paths that another computer wrote. Only whole parts of a path match;
 * of several beginnings the longest wins.
 */
public final class PathMappings {

  private final List<Map.Entry<String, String>> mappings;

  /**
   * @param mappings new beginnings by old ones
   */
  public PathMappings(Map<String, String> mappings) {
    this.mappings =
        mappings.entrySet().stream()
            .filter(entry -> !entry.getKey().isBlank())
            .sorted(Comparator.comparing(entry -> -entry.getKey().length()))
            .toList();
  }

  /** The path as this worker knows it; unchanged where nothing fits. */
  public String apply(String path) {
    for (Map.Entry<String, String> mapping : mappings) {
      String old = withoutSeparator(mapping.getKey());
      if (path.equals(old)) {
        return mapping.getValue();
      }
      if (path.startsWith(old) && isSeparator(path.charAt(old.length()))) {
        String rest = path.substring(old.length() + 1);
        // What Windows wrote goes on with its own separators.
        String here = path.charAt(old.length()) == '\\' ? rest.replace('\\', '/') : rest;
        return withoutSeparator(mapping.getValue()) + "/" + here;
      }
    }
    return path;
  }

  private static String withoutSeparator(String path) {
    boolean ends = !path.isEmpty() && isSeparator(path.charAt(path.length() - 1));
    return ends ? path.substring(0, path.length() - 1) : path;
  }

  private static boolean isSeparator(char c) {
    return c == '/' || c == '\\';
  }
}
