package org.peerworks.cli.command;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Knows every command of {@code peerworks} with its options. */
final class CommandLines {

  private static final int LEAST_WIDTH = 60;
  private static final int MOST_WIDTH = 120;

  private final Surroundings surroundings;
  private final CommandLine line;
  private final Spellings spellings;

  CommandLines(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.line = new CommandLine(new RootLine());
    line.setCommandName(surroundings.program());
    this.spellings = new Spellings(line);
  }

  /** Reads one command line; help, version and usage errors are printed. */
  Parsed read(String... words) {
    try {
      declareCommands(words.length == 0 ? "" : words[0]);
      declareGroup(List.of(words));
      ParseResult deepest = line.parseArgs(spellings.normalize(words));
      boolean help = deepest.isUsageHelpRequested();
      boolean version = deepest.isVersionHelpRequested();
      while (deepest.hasSubcommand() && !help && !version) {
        deepest = deepest.subcommand();
        help = deepest.isUsageHelpRequested();
        version = deepest.isVersionHelpRequested();
      }
      CommandLine command = deepest.commandSpec().commandLine();
      if (help) {
        command.usage(surroundings.out());
        return new Parsed.Answered(ExitStatus.SUCCESS);
      }
      if (version) {
        command.printVersionHelp(surroundings.out());
        return new Parsed.Answered(ExitStatus.SUCCESS);
      }
      return run(command);
    } catch (ParameterException e) {
      return refuse(e.getCommandLine(), e.getMessage(), e);
    }
  }

  /** Declares the command that a word names; all of them if it names none, or wants all. */
  private void declareCommands(String word) {
    List<Class<?>> named =
        RootLine.COMMANDS.stream()
            .filter(command -> isNamed(command.getAnnotation(Command.class), word))
            .filter(command -> command != CompletionLine.class)
            .toList();
    (named.isEmpty() ? RootLine.COMMANDS : named).forEach(line::addSubcommand);
    describe(line);
    spellings.learn(line);
  }

  private static boolean isNamed(Command command, String word) {
    return command.name().equals(word) || List.of(command.aliases()).contains(word);
  }

  /** Declares the commands under a word; under every word where the whole tree is wanted. */
  private void declareGroup(List<String> words) {
    String word = words.isEmpty() ? "" : words.get(0);
    boolean all = word.equals("completion");
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              if ((all || name.equals(word))
                  && command.getCommand() instanceof Group group
                  && command.getSubcommands().isEmpty()
                  && (all || group.mayBeMeant(words.subList(1, words.size())))) {
                group.lines().forEach(command::addSubcommand);
                describe(command);
                spellings.learn(command);
              }
            });
  }

  private Parsed run(CommandLine command) {
    if (!(command.getCommand() instanceof Line declared)) {
      command.usage(surroundings.err());
      return refuse(command, "Which command?", null);
    }
    try {
      return declared.run(surroundings);
    } catch (UsageException e) {
      return refuse(command, e.getMessage(), null);
    }
  }

  private Parsed refuse(CommandLine command, String message, ParameterException cause) {
    PrintWriter err = surroundings.err();
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + message);
    if (cause instanceof CommandLine.UnmatchedArgumentException unmatched) {
      CommandLine.UnmatchedArgumentException.printSuggestions(unmatched, err);
      if (unmatched.isUnknownOption()) {
        err.println("A value that starts with '-' is given as --option=value.");
      }
    }
    err.println("Try '" + name + " --help'.");
    err.flush();
    return new Parsed.Answered(ExitStatus.USAGE);
  }

  private void describe(CommandLine command) {
    command
        .setExpandAtFiles(false)
        .setUnmatchedOptionsAllowedAsOptionParameters(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(width())
        .setStopAtPositional(command.getCommand() instanceof WholeLine);
    command
        .getCommandSpec()
        .version(surroundings.program() + " " + surroundings.version())
        .usageMessage()
        .abbreviateSynopsis(true)
        .sortSynopsis(false)
        .sortOptions(false);
    command.getSubcommands().values().forEach(this::describe);
  }

  private int width() {
    int columns =
        surroundings
            .variable("COLUMNS")
            .filter(text -> text.matches("\\d{1,4}"))
            .map(Integer::parseInt)
            .orElse(100);
    return Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, columns));
  }
}
