package org.peerworks.cli.select;

import java.util.List;
import org.peerworks.cli.select.Screen.Line;

/**
 * What to send to a terminal such that lines are seen below its last one, and replaced there
 * (ECMA-48). After the terminal became narrower, old lines take several rows each.
 */
final class InlineDrawing {

  private static final String ERASE_BELOW = "\u001b[J";
  private static final String STRONG = "\u001b[1m";
  private static final String PLAIN = "\u001b[m";

  private List<Line> drawn = List.of();
  private int cursorRow;
  private int cursorColumn;

  /**
   * @param width of the terminal now
   */
  String replace(List<Line> lines, int row, int column, int width) {
    StringBuilder text = new StringBuilder(erase(width));
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      text.append(line.strong() ? STRONG + line.text() + PLAIN : line.text());
      text.append(i < lines.size() - 1 ? "\r\n" : "\r");
    }
    text.append(up(lines.size() - 1 - row));
    if (column > 0) {
      text.append("\u001b[").append(column).append('C');
    }
    drawn = List.copyOf(lines);
    cursorRow = row;
    cursorColumn = column;
    return text.toString();
  }

  /** Wipes what is drawn; the cursor is where it began. */
  String erase(int width) {
    int rows = cursorColumn / Math.max(1, width);
    for (Line line : drawn.subList(0, Math.min(cursorRow, drawn.size()))) {
      rows += Math.max(1, (Cells.width(line.text()) + width - 1) / Math.max(1, width));
    }
    drawn = List.of();
    cursorRow = 0;
    cursorColumn = 0;
    return up(rows) + "\r" + ERASE_BELOW;
  }

  private static String up(int rows) {
    return rows > 0 ? "\u001b[" + rows + "A" : "";
  }
}
