package org.peerworks.cli.select;

import java.io.IOException;
import java.util.Optional;
import org.peerworks.cli.terminal.Console;

/** Lets a person choose, with arrow keys where the terminal has them, else by number. */
public final class Selector {

  private final Console console;
  private final Screens screens;

  Selector(Console console, Screens screens) {
    this.console = console;
    this.screens = screens;
  }

  /** On the terminal of this process. */
  public static Selector ofProcess(Console console) {
    return new Selector(console, () -> console.terminal() ? JLineScreen.open() : Optional.empty());
  }

  /** On terminals that can only print, for example in tests. */
  public static Selector byNumber(Console console) {
    return new Selector(console, Optional::empty);
  }

  /**
   * Asks a person; only for consoles that have one.
   *
   * @param question one line
   * @return empty if the person does not want any
   * @throws InterruptedException if this thread was interrupted; the terminal is as it was before
   */
  public Optional<Row> choose(String question, Choices choices)
      throws IOException, InterruptedException {
    console.endStatus();
    Optional<Screen> opened = screens.open();
    if (opened.isEmpty()) {
      return new NumberSelector(console).choose(question, choices);
    }
    try (Screen screen = opened.get()) {
      return new ArrowSelector(screen, question, choices).choose();
    }
  }
}
