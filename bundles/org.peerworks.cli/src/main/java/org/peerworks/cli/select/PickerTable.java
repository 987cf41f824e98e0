package org.peerworks.cli.select;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The rows of a picker as lines that fit a width: name, size, date, mount, place. What there is no
 * room for is left out, the place first; a name is cut, and a place loses its start.
 */
final class PickerTable {

  private static final int GAP = 2;
  private static final int LEAST_PLACE = 12;
  private static final int LEAST_NAME = 16;
  private static final String MARK = "> ";
  private static final String NO_MARK = "  ";

  private final int width;
  private final int name;
  private final int size;
  private final int date;
  private final int mount;
  private final int place;

  private PickerTable(List<Row> rows, int width) {
    this.width = width;
    int widest = widest(rows, Row::name);
    int room = width - MARK.length();
    int least = Math.min(widest, LEAST_NAME);
    int free = room - least;
    size = column(widest(rows, Row::size), free);
    free -= taken(size);
    date = column(widest(rows, Row::date), free);
    free -= taken(date);
    mount = column(widest(rows, Row::mount), free);
    free -= taken(mount);
    int wanted = widest(rows, Row::place);
    int forName = Math.min(widest - least, Math.max(0, wanted > 0 ? free * 2 / 3 : free));
    name = least + forName;
    free -= forName;
    place = wanted == 0 || free - GAP < Math.min(wanted, LEAST_PLACE) ? 0 : free - GAP;
  }

  /** The lines of the rows to be seen; the one under the cursor is marked. */
  static List<String> lines(Picker picker, int width) {
    PickerTable table = new PickerTable(picker.fitting(), width);
    List<String> lines = new ArrayList<>();
    int number = picker.top();
    for (Row row : picker.visible()) {
      lines.add(table.line(row, number++ == picker.cursor()));
    }
    return lines;
  }

  private String line(Row row, boolean marked) {
    StringBuilder line = new StringBuilder(marked ? MARK : NO_MARK);
    line.append(Cells.left(Cells.fit(row.name(), name), name));
    append(line, Cells.right(row.size(), size), size);
    append(line, Cells.left(row.date(), date), date);
    append(line, Cells.left(row.mount(), mount), mount);
    append(line, Cells.fitEnd(row.place(), place), place);
    return Cells.start(line.toString().stripTrailing(), width);
  }

  private static void append(StringBuilder line, String cell, int width) {
    if (width > 0) {
      line.append(" ".repeat(GAP)).append(cell);
    }
  }

  private static int column(int wanted, int free) {
    return wanted + GAP <= free ? wanted : 0;
  }

  private static int taken(int column) {
    return column == 0 ? 0 : column + GAP;
  }

  private static int widest(List<Row> rows, Function<Row, String> cell) {
    return rows.stream().map(cell).mapToInt(Cells::width).max().orElse(0);
  }
}
