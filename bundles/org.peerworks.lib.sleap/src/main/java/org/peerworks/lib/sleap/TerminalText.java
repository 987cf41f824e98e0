package org.peerworks.lib.sleap;

import java.util.regex.Pattern;

/** Frees a program's line from what only a terminal understands. */
final class TerminalText {

  /** ECMA-48 control sequences and operating system commands. */
  private static final Pattern SEQUENCES =
      Pattern.compile(
          "\u001B(?:\\[[0-?]*+[ -/]*+[@-~]|\\][^\u0007\u001B]*+(?:\u0007|\u001B\\\\)?|.)");

  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\t]]");

  private TerminalText() {}

  static String plain(String line) {
    String text = line.indexOf('\u001B') < 0 ? line : SEQUENCES.matcher(line).replaceAll("");
    return CONTROLS.matcher(text).replaceAll("").stripTrailing();
  }
}
