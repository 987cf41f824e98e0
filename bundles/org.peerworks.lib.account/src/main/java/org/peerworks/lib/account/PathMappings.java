package org.peerworks.lib.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Paths of the client's machine as the worker has them. Always those of the user's own file, also
 * where a local configuration goes before it.
 *
 * @param mappings in the order of the file
 */
public record PathMappings(List<PathMapping> mappings) {

  public PathMappings {
    mappings = List.copyOf(mappings);
  }

  /**
   * Reads them; none if there is no file.
   *
   * @throws BadFileException if the file is damaged
   */
  public static PathMappings read(Places places) throws IOException {
    TomlFile file = TomlFile.read(places.homeConfig());
    List<PathMapping> mappings = new ArrayList<>();
    List<JsonNode> entries = file.tables("path_mappings");
    for (int i = 0; i < entries.size(); i++) {
      mappings.add(
          new PathMapping(
              file.text(entries.get(i), "path_mappings", i, "local"),
              file.text(entries.get(i), "path_mappings", i, "worker")));
    }
    return new PathMappings(mappings);
  }

  /**
   * A path as the worker has it; the mapping with the longest local directory counts.
   *
   * @param local absolute
   * @return empty if no mapping holds the path
   */
  public Optional<String> toWorker(String local) {
    return mappings.stream()
        .filter(mapping -> holds(trimmed(mapping.local()), local))
        .max(Comparator.comparingInt(mapping -> trimmed(mapping.local()).length()))
        .map(
            mapping ->
                trimmed(mapping.worker()) + local.substring(trimmed(mapping.local()).length()));
  }

  private static boolean holds(String directory, String path) {
    return path.startsWith(directory)
        && (path.length() == directory.length() || isSeparator(path.charAt(directory.length())));
  }

  private static String trimmed(String directory) {
    int end = directory.length();
    while (end > 0 && isSeparator(directory.charAt(end - 1))) {
      end--;
    }
    return directory.substring(0, end);
  }

  private static boolean isSeparator(char c) {
    return c == '/' || c == '\\';
  }
}
