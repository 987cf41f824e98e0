package org.peerworks.cli.select;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.select.Screen.Line;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.PlainText;
import org.peerworks.files.api.FileSource;
import org.peerworks.files.api.SourceState;

/** Shows a worker's files at a terminal: mounts, directories, a search; paths can be copied. */
public final class TerminalBrowser {

  private static final long TICK_MILLIS = 100;
  private static final int OTHER_LINES = 7;
  private static final String FILTER = "  Filter: ";
  private static final String HINT =
      "  ↑↓ Enter open or copy   ← back   type filters, Tab searches   ^S sorts   Esc";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final Screens screens;

  TerminalBrowser(Screens screens) {
    this.screens = screens;
  }

  /** On the terminal of this process. */
  public static TerminalBrowser ofProcess(Console console) {
    return new TerminalBrowser(
        () -> console.person() && console.terminal() ? JLineScreen.open() : Optional.empty());
  }

  /**
   * Lets a person look around until they have enough. What is shown stays while the worker cannot
   * be reached, and is looked at anew when it is back.
   *
   * @return paths that were copied, in their order
   * @throws CommandFailure if there is no terminal for it
   */
  public List<String> browse(FileSource source) throws IOException, InterruptedException {
    try (Screen screen =
        screens
            .open()
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "This is no terminal with cursor keys, which --terminal needs."))) {
      return new Run(screen, source).untilEnough();
    }
  }

  private static final class Run {
    private final Screen screen;
    private final FileSource source;
    private final Picker picker;
    private final Deque<BrowsedPlace> trail = new ArrayDeque<>();
    private final Set<String> copied = new LinkedHashSet<>();
    private String said = "";
    private List<Line> drawn = List.of();
    private int drawnWidth;

    private SourceState state;

    Run(Screen screen, FileSource source) {
      this.screen = screen;
      this.source = source;
      this.picker = new Picker(rows());
      this.state = source.state();
      trail.push(BrowsedPlace.ofMounts(source.files()));
    }

    List<String> untilEnough() throws IOException, InterruptedException {
      try {
        while (step()) {
          watch();
        }
      } finally {
        trail.forEach(BrowsedPlace::close);
      }
      return List.copyOf(copied);
    }

    /** Draws, and does what one key says; whether to go on. */
    private boolean step() throws IOException, InterruptedException {
      BrowsedPlace place = trail.element();
      if (place.update()) {
        boolean top = place.isSorted() && picker.cursor() == 0;
        picker.show(place.rows());
        if (top) {
          picker.first();
        }
      }
      trail.element().near(picker.cursor());
      refresh();
      Key key = screen.key(TICK_MILLIS);
      switch (key.kind()) {
        case CANCEL -> {
          return false;
        }
        case ESCAPE -> {
          if (picker.typed().isEmpty()) {
            return false;
          }
          picker.eraseAll();
        }
        case ENTER, RIGHT -> picker.current().ifPresent(this::enter);
        case LEFT -> back();
        case ERASE -> {
          if (picker.typed().isEmpty()) {
            back();
          } else {
            picker.erase();
          }
        }
        case TAB -> search();
        case SORT -> {
          trail.element().sort();
          picker.show(trail.element().rows());
          picker.first();
        }
        case AGAIN -> again();
        case NONE -> {}
        default -> {
          said = "";
          ArrowSelector.apply(picker, key);
        }
      }
      return true;
    }

    /** Looks anew at what is shown once the worker is back. */
    private void watch() {
      SourceState now = source.state();
      if (now.connected() && !state.connected()) {
        again();
      }
      if (!now.connected() || !state.connected()) {
        drawn = List.of(); // others may have written over it
      }
      state = now;
    }

    private void again() {
      BrowsedPlace old = trail.pop();
      old.close();
      trail.push(old.anew(source.files()));
    }

    private void enter(Row row) {
      if (trail.element().isDirectory(row)) {
        go(BrowsedPlace.ofDirectory(source.files(), row.path()));
      } else {
        screen.copy(row.path());
        copied.add(row.path());
        said = "copied " + row.shownPath();
      }
    }

    private void search() {
      String pattern = picker.typed().strip();
      if (pattern.isEmpty()) {
        said = "type what to look for, then Tab";
      } else {
        go(BrowsedPlace.ofSearch(source.files(), pattern));
      }
    }

    private void go(BrowsedPlace place) {
      said = "";
      trail.push(place);
      picker.open(place.rows());
    }

    private void back() {
      if (trail.size() > 1) {
        BrowsedPlace left = trail.pop();
        left.close();
        String from = left.path();
        said = "";
        picker.open(trail.element().rows());
        picker.focus(from);
      }
    }

    private void refresh() {
      picker.resize(rows());
      List<Line> lines = lines();
      if (!lines.equals(drawn) || screen.width() != drawnWidth) {
        int column = Math.min(Cells.width(FILTER + picker.typed()), screen.width() - 1);
        screen.draw(lines, 1, column);
        drawn = lines;
        drawnWidth = screen.width();
      }
    }

    private String connection(BrowsedPlace place) {
      String since = time(state.since());
      return state.connected()
          ? "connected since "
              + since
              + place.updated().map(last -> ", seen at " + time(last)).orElse("")
          : "connection lost since " + since + ", trying again: " + state.trouble();
    }

    private static String time(Instant time) {
      return TIME.format(time.atZone(ZoneId.systemDefault()));
    }

    private int rows() {
      return Math.max(1, screen.height() - OTHER_LINES);
    }

    private List<Line> lines() {
      int width = screen.width() - 1;
      BrowsedPlace place = trail.element();
      List<Line> lines = new ArrayList<>();
      lines.add(
          Line.of(Cells.fitEnd(PlainText.of(source.workerName() + "  " + place.title()), width)));
      lines.add(Line.of(Cells.fitEnd(FILTER + picker.typed(), width)));
      int number = picker.top();
      for (String row : PickerTable.lines(picker, width)) {
        lines.add(new Line(row, number++ == picker.cursor()));
      }
      String count =
          picker.fitting().isEmpty()
              ? "nothing to show"
              : (picker.cursor() + 1) + " of " + picker.fitting().size();
      String status = place.status().isEmpty() ? "" : " · " + place.status();
      lines.add(Line.of(Cells.fit(PlainText.of("  " + count + status), width)));
      lines.add(Line.of(Cells.fit(PlainText.of("  " + connection(place)), width)));
      if (!said.isEmpty()) {
        lines.add(Line.of(Cells.fitEnd("  " + said, width)));
      }
      lines.add(Line.of(Cells.fit(HINT, width)));
      return lines.size() < screen.height() ? lines : lines.subList(0, screen.height() - 1);
    }
  }
}
