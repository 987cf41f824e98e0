package org.peerworks.cli.select;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peerworks.cli.select.Screen.Line;

/**
 * Lets a person choose with arrow keys; typing leaves fewer rows. Enter takes the row under the
 * cursor, nothing else does. Used once.
 */
final class ArrowSelector {

  private static final long TICK_MILLIS = 100;
  private static final String FILTER = "  Filter: ";
  private static final String HINT = "  ↑↓ choose   Enter take   type to filter   Esc cancel";
  private static final int OTHER_LINES = 6;
  private static final int MOST_PATH_LINES = 4;

  private final Screen screen;
  private final String question;
  private final Choices choices;
  private final Picker picker;
  private List<Row> shown = List.of();
  private List<Line> drawn = List.of();
  private int drawnWidth;

  ArrowSelector(Screen screen, String question, Choices choices) {
    this.screen = screen;
    this.question = question;
    this.choices = choices;
    this.picker = new Picker(rows());
  }

  /**
   * @return empty if the person does not want any
   */
  Optional<Row> choose() throws IOException, InterruptedException {
    while (true) {
      refresh();
      Key key = screen.key(TICK_MILLIS);
      switch (key.kind()) {
        case ENTER -> {
          if (picker.current().isPresent()) {
            return picker.current();
          }
        }
        case CANCEL -> {
          return Optional.empty();
        }
        case ESCAPE -> {
          if (picker.typed().isEmpty()) {
            return Optional.empty();
          }
          picker.eraseAll();
        }
        default -> apply(picker, key);
      }
    }
  }

  /** What moving and typing keys do to any picker. */
  static void apply(Picker picker, Key key) {
    switch (key.kind()) {
      case UP -> picker.move(-1);
      case DOWN, TAB -> picker.move(1);
      case PAGE_UP -> picker.page(-1);
      case PAGE_DOWN -> picker.page(1);
      case HOME -> picker.first();
      case END -> picker.last();
      case ERASE -> picker.erase();
      case ERASE_ALL -> picker.eraseAll();
      case TEXT -> picker.type(key.text());
      default -> {}
    }
  }

  private void refresh() {
    List<Row> now = choices.rows();
    if (now != shown) {
      shown = now;
      picker.show(now);
    }
    picker.resize(rows());
    List<Line> lines = lines();
    if (!lines.equals(drawn) || screen.width() != drawnWidth) {
      int column = Math.min(Cells.width(FILTER + picker.typed()), screen.width() - 1);
      screen.draw(lines, 1, column);
      drawn = lines;
      drawnWidth = screen.width();
    }
  }

  private int rows() {
    return Math.max(1, screen.height() - OTHER_LINES - 2);
  }

  private List<Line> lines() {
    int width = screen.width() - 1;
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of(Cells.fit(question, width)));
    lines.add(Line.of(Cells.fitEnd(FILTER + picker.typed(), width)));
    int number = picker.top();
    for (String row : PickerTable.lines(picker, width)) {
      lines.add(new Line(row, number++ == picker.cursor()));
    }
    if (picker.fitting().isEmpty()) {
      lines.add(Line.of(Cells.fit("  Nothing fits; Backspace takes letters back.", width)));
    }
    picker.current().ifPresent(row -> lines.addAll(path(row, width, screen.height())));
    lines.add(Line.of(Cells.fit("  " + count() + separated(choices.status()), width)));
    lines.add(Line.of(Cells.fit(HINT, width)));
    return lines.size() < screen.height() ? lines : lines.subList(0, screen.height() - 1);
  }

  private String count() {
    return picker.fitting().isEmpty()
        ? "0 of " + picker.total()
        : (picker.cursor() + 1)
            + " of "
            + picker.fitting().size()
            + (picker.fitting().size() < picker.total() ? " (" + picker.total() + " in all)" : "");
  }

  private static String separated(String status) {
    return status.isEmpty() ? "" : " · " + status;
  }

  /** The whole path, in as many lines as it needs. */
  private static List<Line> path(Row row, int width, int height) {
    List<Line> lines = new ArrayList<>();
    String rest = "  = " + row.shownPath();
    int most = height > 12 ? MOST_PATH_LINES : 1;
    while (!rest.isEmpty() && lines.size() < most) {
      boolean last = lines.size() == most - 1;
      String line = last ? Cells.fit(rest, width) : Cells.start(rest, width);
      if (line.isEmpty()) {
        break;
      }
      lines.add(Line.of(line));
      rest = last ? "" : rest.substring(line.length());
    }
    return lines;
  }
}
