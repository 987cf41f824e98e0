package org.peerworks.shell.steer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.Function;
import org.peerworks.shell.api.ShellSession;
import org.peerworks.shell.api.ShellUser;
import org.peerworks.shell.rules.Rule;

/** A user's session: rules before, records around each command. */
final class UserSession implements ShellSession {

  private final ShellUser user;
  private final Access access;
  private final Console console;
  private final Recorder recorder;
  private final Kind kind;
  private final Completer completer;

  UserSession(
      ShellUser user,
      Access access,
      Console console,
      Recorder recorder,
      Kind kind,
      Completer completer) {
    this.user = user;
    this.access = access;
    this.console = console;
    this.recorder = recorder;
    this.kind = kind;
    this.completer = completer;
  }

  private interface Action {
    void run() throws Exception;
  }

  @Override
  public int run(String line) {
    Words words;
    try {
      words = Words.of(line);
    } catch (IllegalArgumentException e) {
      console.warn(e.getMessage());
      return USAGE;
    }
    if (words.words().isEmpty()) {
      return DONE;
    }
    String name = Catalog.normal(words.words().get(0));
    List<String> arguments = words.words().subList(1, words.words().size());
    if (words.plain() && name.equals("help")) {
      return help(arguments);
    }
    Optional<Function> command = words.plain() ? completer.catalog().find(name) : Optional.empty();
    if (command.isPresent()) {
      return command(line, name, command.get(), arguments);
    }
    if (access.allowsLanguage()) {
      boolean change = kind.changes(line, console.session());
      return perform(line, change, () -> console.evaluate(line));
    }
    if (!words.plain()) {
      return refuse(
          line,
          "A line is a command with its scope and its arguments; variables, pipes, closures and calls"
              + " of objects are for administrators. Put an argument with such characters into single"
              + " quotes.");
    }
    console.warn(
        "There is no command '"
            + words.words().get(0)
            + "'"
            + Catalog.nearest(name, completer.commands())
                .map(near -> "; did you mean '" + near + "'?")
                .orElse(".")
            + " 'help' lists those that you may use.");
    return USAGE;
  }

  private int command(String line, String name, Function command, List<String> arguments) {
    Rule rule = access.rule(name, arguments);
    if (!access.allows(rule)) {
      return refuse(
          line,
          "'"
              + name
              + "' needs the role "
              + rule.role()
              + "; "
              + user.name()
              + " has the role "
              + user.role()
              + ". An administrator can change keys/authorized_users, or the rules in"
              + " config/org.peerworks.shell/"
              + Catalog.scope(name)
              + ".rules of the data directory.");
    }
    return perform(line, rule.change(), () -> console.call(command, arguments));
  }

  private int refuse(String line, String why) {
    recorder.refuse(user.name(), user.from(), line, why);
    console.warn("Refused: " + why);
    return REFUSED;
  }

  private int perform(String line, boolean change, Action action) {
    Recorder.Begun begun = null;
    if (change) {
      try {
        begun = recorder.begin(user.name(), user.from(), line);
      } catch (IOException e) {
        console.warn(
            "Not done, since it cannot be recorded in the audit log: " + Recorder.message(e));
        return FAILED;
      }
    }
    Throwable failure = null;
    try {
      action.run();
    } catch (Exception | LinkageError | StackOverflowError e) {
      failure = e;
    }
    if (begun != null) {
      recorder.end(begun, failure);
    }
    return failure == null ? DONE : failed(failure);
  }

  private int failed(Throwable failure) {
    boolean interrupted =
        Thread.interrupted()
            || failure instanceof InterruptedException
            || failure instanceof InterruptedIOException;
    String message = Recorder.message(failure);
    if (message.startsWith("Cannot coerce ")) {
      console.warn("These arguments do not fit. 'help COMMAND' says which do.");
      return USAGE;
    }
    console.warn(interrupted ? "Interrupted." : message);
    return interrupted ? INTERRUPTED : FAILED;
  }

  private int help(List<String> arguments) {
    List<String> names = completer.commands();
    if (arguments.isEmpty()) {
      console.say(completer.help().list(names));
      console.say("\n'help COMMAND' says more about one; 'exit' ends the session.");
      return DONE;
    }
    String name = Catalog.normal(arguments.get(0));
    List<String> wanted =
        names.stream()
            .filter(n -> n.equals(name) || Catalog.scope(n).equals(name.replaceAll(":$", "")))
            .toList();
    if (wanted.isEmpty()) {
      console.warn("There is no command '" + name + "' that you may use; 'help' lists them.");
      return USAGE;
    }
    console.say(
        wanted.size() == 1 ? completer.help().usage(wanted.get(0)) : completer.help().list(wanted));
    return DONE;
  }

  @Override
  public List<Suggestion> complete(List<String> words) {
    return completer.complete(words);
  }

  @Override
  public void width(int columns) {
    console.session().put("COLUMNS", Math.max(40, columns));
  }

  @Override
  public void close() {
    console.session().close();
  }
}
