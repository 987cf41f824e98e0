package org.peerworks.cli.terminal;

import java.lang.reflect.InvocationTargetException;

/** What this process's standard output is. */
final class TerminalQuery {

  private static final int DEFAULT_COLUMNS = 80;

  private TerminalQuery() {}

  static boolean isTerminal() {
    String told = System.getProperty("peerworks.terminal");
    if (told != null) {
      return Boolean.parseBoolean(told);
    }
    return !"dumb".equals(System.getenv("TERM")) && hasPerson();
  }

  /** Whether standard input and output are a person's, at whatever terminal. */
  static boolean hasPerson() {
    return System.console() != null && isTerminal(System.console());
  }

  /** From Java 22 on there is a console that need not be a terminal. */
  private static boolean isTerminal(java.io.Console console) {
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }

  static int columns() {
    String columns = System.getProperty("peerworks.columns", System.getenv("COLUMNS"));
    return columns != null && columns.matches("[1-9]\\d{1,3}")
        ? Integer.parseInt(columns)
        : DEFAULT_COLUMNS;
  }
}
