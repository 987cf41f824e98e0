package org.peerworks.shell.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.Signal;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.peerworks.shell.api.Shell;
import org.peerworks.shell.api.ShellSession;
import org.peerworks.shell.api.ShellUser;

/** A prompt at a user's terminal, with line editing, history and completion. */
final class Prompt {

  private static final Set<String> END = Set.of("exit", "logout", "quit");
  private static final Set<String> KNOWN =
      Set.of("ansi", "dumb", "screen", "screen-256color", "xterm", "xterm-256color");
  private static final int HISTORY = 500;

  private final Shell shell;
  private final ShellUser user;
  private final Environment environment;

  Prompt(Shell shell, ShellUser user, Environment environment) {
    this.shell = shell;
    this.user = user;
    this.environment = environment;
  }

  static boolean ends(String line) {
    return END.contains(line.strip());
  }

  /** Reads and runs lines until the user ends it. */
  int run(InputStream in, OutputStream out) throws IOException {
    Map<String, String> variables = environment.getEnv();
    String type = type(variables.get(Environment.ENV_TERM));
    try (Terminal terminal =
            new ExternalTerminal("ssh-" + user.name(), type, in, out, StandardCharsets.UTF_8);
        ShellSession session =
            shell.open(user, terminal.input(), terminal.output(), terminal.output())) {
      size(terminal, session, variables);
      environment.addSignalListener(
          (channel, signal) -> {
            size(terminal, session, variables);
            terminal.raise(Terminal.Signal.WINCH);
          },
          Signal.WINCH);
      return read(terminal, session);
    }
  }

  private int read(Terminal terminal, ShellSession session) {
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(new DefaultParser())
            .completer((r, line, candidates) -> complete(session, line, candidates))
            .variable(LineReader.HISTORY_SIZE, HISTORY)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    terminal
        .writer()
        .println(
            user.name() + ", " + user.role() + ". 'help' lists commands, 'exit' ends the session.");
    int status = ShellSession.DONE;
    while (true) {
      String line;
      try {
        line = reader.readLine("peerworks> ");
      } catch (UserInterruptException e) {
        continue;
      } catch (EndOfFileException e) {
        return status;
      }
      if (ends(line)) {
        return status;
      }
      status = interruptible(terminal, () -> session.run(line));
    }
  }

  private interface Step {
    int run();
  }

  /** While a command runs, Ctrl-C asks it to end. */
  private static int interruptible(Terminal terminal, Step step) {
    Thread runner = Thread.currentThread();
    Terminal.SignalHandler before =
        terminal.handle(Terminal.Signal.INT, signal -> runner.interrupt());
    try {
      return step.run();
    } finally {
      terminal.handle(Terminal.Signal.INT, before);
    }
  }

  private static void complete(ShellSession session, ParsedLine line, List<Candidate> candidates) {
    session
        .complete(List.copyOf(line.words().subList(0, line.wordIndex() + 1)))
        .forEach(
            suggestion ->
                candidates.add(
                    new Candidate(
                        suggestion.word(),
                        suggestion.word(),
                        null,
                        suggestion.description().isEmpty() ? null : suggestion.description(),
                        null,
                        null,
                        true)));
  }

  private static void size(Terminal terminal, ShellSession session, Map<String, String> variables) {
    int columns = number(variables.get(Environment.ENV_COLUMNS), 80);
    int lines = number(variables.get(Environment.ENV_LINES), 24);
    terminal.setSize(new Size(columns, lines));
    session.width(columns);
  }

  /** One of those that JLine knows; for others it would start a program with what the user says. */
  private static String type(String told) {
    if (KNOWN.contains(told)) {
      return told;
    }
    return told.contains("256color") ? "xterm-256color" : "xterm";
  }

  private static int number(String text, int otherwise) {
    return text != null && text.matches("[1-9]\\d{0,3}") ? Integer.parseInt(text) : otherwise;
  }
}
