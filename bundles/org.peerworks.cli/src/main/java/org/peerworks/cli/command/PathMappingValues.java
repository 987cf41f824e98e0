package org.peerworks.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of the form {@code OLD=NEW}. */
final class PathMappingValues {

  private PathMappingValues() {}

  /**
   * Beginnings of paths, and what stands there at the worker.
   *
   * @throws UsageException if a value is none
   */
  static Map<String, String> of(List<String> values) {
    Map<String, String> mappings = new LinkedHashMap<>();
    for (String value : values) {
      int equals = value.lastIndexOf('=');
      if (equals <= 0 || !value.startsWith("/", equals + 1)) {
        throw new UsageException(
            "--path-mapping is OLD=NEW, where NEW is a path of the worker and begins with '/', but"
                + " was '"
                + value
                + "'.");
      }
      mappings.put(value.substring(0, equals), value.substring(equals + 1));
    }
    return mappings;
  }
}
