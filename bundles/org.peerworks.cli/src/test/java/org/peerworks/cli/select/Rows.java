package org.peerworks.cli.select;

import java.util.List;
import java.util.stream.Stream;

/** Rows to choose from. */
final class Rows {

  private Rows() {}

  static Row of(String path) {
    int slash = path.lastIndexOf('/');
    return new Row(
        path,
        path.substring(slash + 1),
        "1.0 MB",
        "2026-11-03 14:05",
        "lab",
        path.substring(0, Math.max(1, slash)));
  }

  static List<Row> named(String... paths) {
    return Stream.of(paths).map(Rows::of).toList();
  }

  /** {@code /vast/f0.slp} and so on. */
  static List<Row> many(int count) {
    return Stream.iterate(0, i -> i + 1).limit(count).map(i -> of("/vast/f" + i + ".slp")).toList();
  }
}
