package org.peerworks.cli.select;

import java.io.IOException;
import java.util.List;

/** A terminal with cursor keys that a person looks at. Used by one thread. */
interface Screen extends AutoCloseable {

  /**
   * A line.
   *
   * @param strong whether it stands out
   */
  record Line(String text, boolean strong) {
    static Line of(String text) {
      return new Line(text, false);
    }
  }

  int width();

  int height();

  /**
   * Replaces what was drawn before, below what the terminal showed until then.
   *
   * @param lines none wider than {@link #width()} less one, fewer than {@link #height()}
   * @param row of the lines that the terminal's cursor is put in
   * @param column where it is put
   */
  void draw(List<Line> lines, int row, int column);

  /**
   * The next key, or {@code NONE} if none is pressed in time, or the size has changed.
   *
   * @throws InterruptedException if this thread was interrupted
   */
  Key key(long millis) throws IOException, InterruptedException;

  /** Puts a text on the clipboard of whoever sits before the terminal, where it can do that. */
  void copy(String text);

  /** Wipes what was drawn, and gives the terminal back as it was. */
  @Override
  void close() throws IOException;
}
