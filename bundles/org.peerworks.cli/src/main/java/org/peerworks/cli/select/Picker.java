package org.peerworks.cli.select;

import java.util.List;
import java.util.Optional;

/**
 * Which of some rows a person is looking at: what was typed, what fits, where the cursor is and
 * which part is to be seen. Used by one thread.
 */
final class Picker {

  private static final int MOST_TYPED = 200;

  private List<Row> all = List.of();
  private List<Row> fitting = List.of();
  private final StringBuilder typed = new StringBuilder();
  private int height;
  private int cursor;
  private int top;

  /**
   * @param height rows that are seen at once, 1 or more
   */
  Picker(int height) {
    this.height = Math.max(1, height);
  }

  /** Replaces the rows; the cursor stays on the one that it is on, if that is still there. */
  void show(List<Row> rows) {
    all = List.copyOf(rows);
    refit(current());
  }

  /** Replaces the rows by those of another place, seen from the first one, without a filter. */
  void open(List<Row> rows) {
    typed.setLength(0);
    all = List.copyOf(rows);
    refit(Optional.empty());
  }

  void resize(int rows) {
    height = Math.max(1, rows);
    scroll();
  }

  void type(String text) {
    if (typed.length() + text.length() <= MOST_TYPED) {
      typed.append(text);
      refit(Optional.empty());
    }
  }

  /** Takes back what was typed last. */
  void erase() {
    if (typed.length() > 0) {
      typed.setLength(typed.offsetByCodePoints(typed.length(), -1));
      refit(current());
    }
  }

  void eraseAll() {
    typed.setLength(0);
    refit(current());
  }

  /** Moves the cursor; it stops at both ends. */
  void move(int steps) {
    cursor = Math.max(0, Math.min(fitting.size() - 1, cursor + steps));
    scroll();
  }

  void page(int pages) {
    move(pages * Math.max(1, height - 1));
  }

  void first() {
    move(-fitting.size());
  }

  void last() {
    move(fitting.size());
  }

  /** Puts the cursor on a row, if it is there. */
  void focus(String path) {
    for (int i = 0; i < fitting.size(); i++) {
      if (fitting.get(i).path().equals(path)) {
        cursor = i;
        scroll();
        return;
      }
    }
  }

  /** The row under the cursor; empty if none fits. */
  Optional<Row> current() {
    return cursor < fitting.size() ? Optional.of(fitting.get(cursor)) : Optional.empty();
  }

  /** The rows to be seen now. */
  List<Row> visible() {
    return fitting.subList(top, Math.min(fitting.size(), top + height));
  }

  /** All rows that fit what was typed. */
  List<Row> fitting() {
    return fitting;
  }

  int total() {
    return all.size();
  }

  /** Number of the row under the cursor, from 0. */
  int cursor() {
    return cursor;
  }

  /** Number of the first row to be seen, from 0. */
  int top() {
    return top;
  }

  String typed() {
    return typed.toString();
  }

  private void refit(Optional<Row> before) {
    fitting = List.copyOf(new Filter(typed.toString()).of(all));
    cursor = 0;
    before.ifPresent(row -> focus(row.path()));
    scroll();
  }

  private void scroll() {
    cursor = Math.max(0, Math.min(fitting.size() - 1, cursor));
    top = Math.max(0, Math.min(top, fitting.size() - height));
    if (cursor < top) {
      top = cursor;
    } else if (cursor >= top + height) {
      top = cursor - height + 1;
    }
  }
}
