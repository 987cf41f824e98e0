package org.peerworks.cli.select;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.peerworks.cli.select.Key.Kind;

/** A terminal on which somebody presses keys that were said before. */
final class ScriptedScreen implements Screen {

  final Deque<Runnable> before = new ArrayDeque<>();
  final Deque<Key> keys = new ArrayDeque<>();
  final List<String> pictures = new ArrayList<>();
  int width = 80;
  int height = 24;
  boolean closed;
  final List<String> copied = new ArrayList<>();

  ScriptedScreen press(Kind... kinds) {
    for (Kind kind : kinds) {
      keys.add(Key.of(kind));
    }
    return this;
  }

  ScriptedScreen type(String text) {
    text.codePoints().forEach(c -> keys.add(new Key(Kind.TEXT, Character.toString(c))));
    return this;
  }

  String last() {
    return pictures.get(pictures.size() - 1);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public void draw(List<Line> lines, int row, int column) {
    pictures.add(lines.stream().map(Line::text).collect(Collectors.joining("\n")));
    if (lines.size() >= height || lines.stream().anyMatch(l -> Cells.width(l.text()) >= width)) {
      throw new AssertionError("Does not fit " + width + "x" + height + ":\n" + last());
    }
  }

  @Override
  public Key key(long millis) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (!before.isEmpty()) {
      before.poll().run();
      return Key.of(Kind.NONE);
    }
    return keys.isEmpty() ? Key.of(Kind.CANCEL) : keys.poll();
  }

  @Override
  public void copy(String text) {
    copied.add(text);
  }

  @Override
  public void close() {
    closed = true;
  }
}
