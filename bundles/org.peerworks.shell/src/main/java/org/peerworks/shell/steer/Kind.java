package org.peerworks.shell.steer;

import java.util.List;
import java.util.Set;
import org.apache.felix.gogo.runtime.Parser;
import org.apache.felix.gogo.runtime.SyntaxError;
import org.apache.felix.gogo.runtime.Token;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.peerworks.shell.rules.Rules;

/** Tells lines of Gogo's language that look from those that may change something. */
@Component(service = Kind.class)
public final class Kind {

  private final Rules rules;

  @Activate
  public Kind(@Reference(name = "rules") Rules rules) {
    this.rules = rules;
  }

  /** Whether not every command of a line is known as a look. */
  boolean changes(CharSequence line, CommandSession session) {
    try {
      Parser parser = new Parser(line);
      parser.program();
      return parser.statements().stream()
          .anyMatch(
              statement ->
                  !statement.redirections().isEmpty() || changes(statement.tokens(), session));
    } catch (SyntaxError e) {
      return false; // It will be refused, and nothing of it is run.
    }
  }

  private boolean changes(List<Token> tokens, CommandSession session) {
    if (tokens.stream().anyMatch(Kind::hidesCommands)) {
      return true;
    }
    if (tokens.size() > 2 && tokens.get(1).toString().equals("=")) {
      return changes(tokens.subList(2, tokens.size()), session);
    }
    if (tokens.isEmpty() || tokens.size() == 1 && isValue(tokens.get(0))) {
      return false; // What stands in brackets is a statement of its own.
    }
    String name = Words.of(tokens.get(0).toString()).words().stream().findFirst().orElse("");
    List<String> arguments = tokens.stream().skip(1).map(Kind::text).toList();
    int colon = name.indexOf(':');
    if (colon > 0) {
      return rules
          .of(
              name.substring(0, colon).toLowerCase(),
              name.substring(colon + 1).toLowerCase(),
              arguments)
          .change();
    }
    List<String> meant =
        commands(session).stream().filter(known -> known.endsWith(":" + name)).toList();
    return meant.isEmpty()
        || meant.stream()
            .anyMatch(
                known ->
                    rules.of(known.substring(0, known.indexOf(':')), name, arguments).change());
  }

  private static boolean isValue(Token token) {
    char first = token.charAt(0);
    return first == '('
        || first == '{'
        || first == '['
        || first == '%'
        || first == '"'
        || first == '\''
        || token.toString().matches("\\$[\\w.]+");
  }

  /** Commands inside a word are run without being statements. */
  private static boolean hidesCommands(Token token) {
    String text = token.toString();
    return text.charAt(0) != '\''
            && (text.contains("$(") || text.contains("`") || text.contains("${"))
        || text.startsWith("%");
  }

  private static String text(Token token) {
    List<String> words = Words.of(token.toString().replace('\n', ' ')).words();
    return words.size() == 1 ? words.get(0) : token.toString();
  }

  @SuppressWarnings("unchecked")
  private static Set<String> commands(CommandSession session) {
    return session.get(".commands") instanceof Set<?> names ? (Set<String>) names : Set.of();
  }
}
