package org.peerworks.itests.interop;

import java.util.LinkedHashMap;
import java.util.Map;

/** The matrix as it is printed. */
final class Table {

  private final Map<Cell, String> results = new LinkedHashMap<>();

  /**
   * @param result at most ten characters
   */
  synchronized void put(Cell cell, String result) {
    results.put(cell, result);
  }

  synchronized long red() {
    return results.values().stream().filter(result -> result.startsWith("RED")).count();
  }

  @Override
  public synchronized String toString() {
    StringBuilder text =
        new StringBuilder("%-8s %-7s %-7s".formatted("server", "worker", "client"));
    for (Deed deed : Deed.values()) {
      text.append("  %-10s".formatted(deed.toString().toLowerCase()));
    }
    Map<String, Map<Deed, String>> rows = new LinkedHashMap<>();
    results.forEach(
        (cell, result) ->
            rows.computeIfAbsent(cell.row(), row -> new LinkedHashMap<>())
                .put(cell.deed(), result));
    rows.forEach(
        (row, cells) -> {
          text.append('\n').append(row);
          for (Deed deed : Deed.values()) {
            text.append("  %-10s".formatted(cells.getOrDefault(deed, "-")));
          }
        });
    return text.append('\n').toString();
  }
}
