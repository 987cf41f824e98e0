package org.peerworks.cli.select;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.select.Screen.Line;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.PlainText;
import org.peerworks.files.api.FileResolver;

/** Shows a worker's files at a terminal: mounts, directories, a search; paths can be copied. */
public final class TerminalBrowser {

  private static final long TICK_MILLIS = 100;
  private static final int OTHER_LINES = 6;
  private static final String FILTER = "  Filter: ";
  private static final String HINT =
      "  ↑↓ Enter open or copy path   ← back   type to filter, Tab searches everywhere   Esc quit";

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
   * Lets a person look around until they have enough.
   *
   * @param worker its name
   * @param lost whether the worker cannot be reached any more, which ends it
   * @return paths that were copied, in their order
   * @throws CommandFailure if there is no terminal for it
   */
  public List<String> browse(FileResolver files, String worker, BooleanSupplier lost)
      throws IOException, InterruptedException {
    try (Screen screen =
        screens
            .open()
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "This is no terminal with cursor keys, which --terminal needs."))) {
      return new Run(screen, files, worker).until(lost);
    }
  }

  private static final class Run {
    private final Screen screen;
    private final FileResolver files;
    private final String worker;
    private final Picker picker;
    private final Deque<BrowsedPlace> trail = new ArrayDeque<>();
    private final Set<String> copied = new LinkedHashSet<>();
    private String said = "";
    private List<Line> drawn = List.of();
    private int drawnWidth;

    Run(Screen screen, FileResolver files, String worker) {
      this.screen = screen;
      this.files = files;
      this.worker = worker;
      this.picker = new Picker(rows());
      trail.push(BrowsedPlace.ofMounts(files));
    }

    List<String> until(BooleanSupplier lost) throws IOException, InterruptedException {
      while (!lost.getAsBoolean()) {
        if (trail.element().update()) {
          picker.show(trail.element().rows());
        }
        trail.element().near(picker.cursor());
        refresh();
        Key key = screen.key(TICK_MILLIS);
        switch (key.kind()) {
          case CANCEL -> {
            return List.copyOf(copied);
          }
          case ESCAPE -> {
            if (picker.typed().isEmpty()) {
              return List.copyOf(copied);
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
          case NONE -> {}
          default -> {
            said = "";
            ArrowSelector.apply(picker, key);
          }
        }
      }
      return List.copyOf(copied);
    }

    private void enter(Row row) {
      if (trail.element().isDirectory(row)) {
        go(BrowsedPlace.ofDirectory(files, row.path()));
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
        go(BrowsedPlace.ofSearch(files, pattern));
      }
    }

    private void go(BrowsedPlace place) {
      said = "";
      trail.push(place);
      picker.open(place.rows());
    }

    private void back() {
      if (trail.size() > 1) {
        String from = trail.pop().path();
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

    private int rows() {
      return Math.max(1, screen.height() - OTHER_LINES);
    }

    private List<Line> lines() {
      int width = screen.width() - 1;
      BrowsedPlace place = trail.element();
      List<Line> lines = new ArrayList<>();
      lines.add(Line.of(Cells.fitEnd(PlainText.of(worker + "  " + place.title()), width)));
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
      if (!said.isEmpty()) {
        lines.add(Line.of(Cells.fitEnd("  " + said, width)));
      }
      lines.add(Line.of(Cells.fit(HINT, width)));
      return lines.size() < screen.height() ? lines : lines.subList(0, screen.height() - 1);
    }
  }
}
