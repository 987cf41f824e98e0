package org.peerworks.lib.sleap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a package's script as data; nothing of it is ever executed.
 *
 * <p>Known are {@code sleap-nn train} (also spelled {@code sleap-nn-train} and {@code sleap-train},
 * as SLEAP and sleap-rtc write it), {@code sleap-nn track} and, without effect, {@code set -e} and
 * its like. Anything else is refused with its line.
 */
public final class Script {

  /** Longest script, in bytes. */
  public static final int MOST_BYTES = 256 * 1024;

  /** Most commands in one script. */
  public static final int MOST_COMMANDS = 100;

  private Script() {}

  /** The commands of a script file, in order. */
  public static List<ScriptCommand> read(Path file) throws IOException {
    return read(file, MOST_BYTES);
  }

  /**
   * The commands of a script file, in order.
   *
   * @param mostBytes of the file, at most {@link #MOST_BYTES}
   */
  public static List<ScriptCommand> read(Path file, int mostBytes) throws IOException {
    String name = String.valueOf(file.getFileName());
    int most = Math.min(mostBytes, MOST_BYTES);
    if (Files.size(file) > most) {
      throw new PackageException(Shown.quoted(name) + " is longer than " + most / 1024 + " KiB.");
    }
    return parse(name, decode(name, Files.readAllBytes(file)));
  }

  /**
   * The commands of a script's text, in order.
   *
   * @param name of the script, for messages
   * @throws PackageException naming the line that is not understood
   */
  public static List<ScriptCommand> parse(String name, String text) throws PackageException {
    List<ScriptCommand> commands = new ArrayList<>();
    for (ScriptWords.Line line : ScriptWords.split(name, text)) {
      if (line.assigns()) {
        throw refused(name, line, "sets a variable");
      }
      if (!isSetOption(line.words())) {
        commands.add(command(name, line));
      }
      if (commands.size() > MOST_COMMANDS) {
        throw refused(name, line, "is one more than the " + MOST_COMMANDS + " commands allowed");
      }
    }
    return commands;
  }

  private static ScriptCommand command(String name, ScriptWords.Line line) throws PackageException {
    List<String> words = line.words();
    switch (words.get(0)) {
      case "sleap-nn-train", "sleap-train":
        return new ScriptCommand(
            line.number(), ScriptCommand.TRAIN, words.subList(1, words.size()));
      case "sleap-nn":
        String verb = words.size() > 1 ? words.get(1) : "";
        if (verb.equals(ScriptCommand.TRAIN) || verb.equals(ScriptCommand.TRACK)) {
          return new ScriptCommand(line.number(), verb, words.subList(2, words.size()));
        }
        throw refused(name, line, "asks sleap-nn for " + Shown.quoted(verb));
      default:
        throw refused(name, line, "runs " + Shown.quoted(words.get(0)));
    }
  }

  private static boolean isSetOption(List<String> words) {
    if (!words.get(0).equals("set") || words.size() == 1) {
      return false;
    }
    for (int i = 1; i < words.size(); i++) {
      boolean pipefail = words.get(i).equals("pipefail") && words.get(i - 1).endsWith("o");
      if (!pipefail && !words.get(i).matches("-[eux]*o?")) {
        return false;
      }
    }
    return true;
  }

  private static PackageException refused(String name, ScriptWords.Line line, String why) {
    return new PackageException(
        "Line %d of %s %s; only 'sleap-nn train' and 'sleap-nn track' are allowed: %s"
            .formatted(
                line.number(),
                Shown.quoted(name),
                why,
                Shown.quoted(String.join(" ", line.words()))));
  }

  private static String decode(String name, byte[] bytes) throws PackageException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new PackageException(Shown.quoted(name) + " is not UTF-8 text.", e);
    }
  }
}
