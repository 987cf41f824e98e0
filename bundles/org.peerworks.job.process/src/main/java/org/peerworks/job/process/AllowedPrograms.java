package org.peerworks.job.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs that the configuration allows. */
final class AllowedPrograms {

  static final String FILE = "org.peerworks.job.process.cfg";

  private static final Pattern ENTRY =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._+-]*)(?:\\s*=\\s*(.+))?");

  /** Between entries of one line; a comma inside an argument stays. */
  private static final Pattern SEPARATOR =
      Pattern.compile("\\s*,\\s*(?=[A-Za-z0-9][A-Za-z0-9._+-]*\\s*(?:=\\s*\"?/|,|$))");

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  /** Words by name; none for a program that is looked up on the path. */
  private final Map<String, List<String>> programs = new LinkedHashMap<>();

  private final String path;

  /**
   * @param entries {@code name} or {@code name=/absolute/path [argument …]}, words with spaces in
   *     double quotes
   * @param path as the variable {@code PATH} has it
   * @throws IllegalArgumentException naming the entry that is wrong
   */
  AllowedPrograms(String[] entries, String path) {
    this.path = path;
    for (String line : entries) {
      for (String entry : SEPARATOR.split(line.strip())) {
        if (!entry.isBlank()) {
          add(entry.strip());
        }
      }
    }
  }

  private void add(String entry) {
    Matcher matcher = ENTRY.matcher(entry);
    List<String> words = new ArrayList<>();
    if (matcher.matches() && matcher.group(2) != null) {
      Matcher word = WORD.matcher(matcher.group(2));
      while (word.find()) {
        words.add(word.group(1) != null ? word.group(1) : word.group(2));
      }
    }
    if (!matcher.matches() || (!words.isEmpty() && !words.get(0).startsWith("/"))) {
      throw new IllegalArgumentException(
          "'programs' in "
              + FILE
              + " has the entry '"
              + entry
              + "'; write 'name' or 'name=/absolute/path [argument …]'.");
    }
    programs.put(matcher.group(1), List.copyOf(words));
  }

  boolean allows(String name) {
    return programs.containsKey(name);
  }

  /**
   * Finds a program.
   *
   * @return empty if it is not allowed, or not on the path
   * @throws IOException if the configured file cannot be run
   */
  Optional<Command> find(String name) throws IOException {
    List<String> words = programs.get(name);
    if (words == null) {
      return Optional.empty();
    }
    if (words.isEmpty()) {
      return onPath(name);
    }
    if (!isExecutable(Path.of(words.get(0)))) {
      throw new IOException(
          "Program '"
              + name
              + "' is configured as '"
              + words.get(0)
              + "', which is no executable file. Install it, or change 'programs' in "
              + FILE
              + ".");
    }
    return Optional.of(new Command(words, "configuration"));
  }

  private Optional<Command> onPath(String name) {
    for (String entry : path.split(":")) {
      if (entry.startsWith("/")) {
        Path file = Path.of(entry).resolve(name);
        if (isExecutable(file)) {
          return Optional.of(new Command(List.of(file.toString()), "PATH"));
        }
      }
    }
    return Optional.empty();
  }

  static boolean isExecutable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
