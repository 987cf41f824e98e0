package org.peerworks.shell.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.peerworks.shell.api.Role;

/**
 * Reads the rules of a scope: lines {@code command = role}, {@code command /arguments/ = role},
 * with {@code , look} or {@code , change} behind the role where it is not what the role says: what
 * a viewer may do is a look, all else a change.
 */
final class RuleFile {

  private static final Pattern LINE =
      Pattern.compile(
          "(\\*|[a-z][a-z0-9_.-]*)(?:\\s+/(.*)/)?\\s*=\\s*([a-z]+)(?:\\s*,\\s*(look|change))?");
  private static final int LONGEST = 1 << 20;

  private RuleFile() {}

  /**
   * @return in their order; empty if there is no such file
   * @throws IOException if a line is none; names it
   */
  static List<Rule> read(Path file) throws IOException {
    List<Rule> rules = new ArrayList<>();
    if (!Files.exists(file)) {
      return rules;
    }
    if (Files.size(file) > LONGEST) {
      throw new IOException("'" + file + "' is larger than " + LONGEST + " bytes.");
    }
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        rules.add(rule(text, file + ", line " + number));
      }
    }
    return rules;
  }

  private static Rule rule(String text, String where) throws IOException {
    Matcher matcher = LINE.matcher(text);
    if (!matcher.matches()) {
      throw new IOException(
          where
              + ": '"
              + text
              + "' is no rule. A rule is 'command = role', or 'command /arguments/ = role'.");
    }
    try {
      Role role = Role.of(matcher.group(3));
      boolean change =
          matcher.group(4) == null ? role != Role.VIEWER : matcher.group(4).equals("change");
      return new Rule(
          matcher.group(1),
          Optional.ofNullable(matcher.group(2)).map(Pattern::compile),
          role,
          change);
    } catch (PatternSyntaxException e) {
      throw new IOException(where + ": '" + e.getPattern() + "' is no regular expression.", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(where + ": " + e.getMessage(), e);
    }
  }
}
