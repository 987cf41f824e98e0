package org.peerworks.cli.command;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = {
      "Print a script that teaches your shell to complete commands and options.",
      "It is for 'peerworks' and 'sleap-rtc'."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  # bash: for this terminal, and for every new one",
      "  source <(${COMMAND-FULL-NAME} bash)",
      "  echo 'source <(${COMMAND-FULL-NAME} bash)' >> ~/.bashrc",
      "",
      "  # zsh",
      "  echo 'source <(${COMMAND-FULL-NAME} zsh)' >> ~/.zshrc"
    })
final class CompletionLine implements Line {

  private static final String PROGRAM = "peerworks";
  private static final String NAMES = "peerworks sleap-rtc";
  private static final Pattern HEADER = Pattern.compile("\\A(?:#.*\\R)+");
  private static final String OUR_HEADER =
      """
      # Completion of peerworks and sleap-rtc for bash and zsh. Printed by 'peerworks completion'.
      """;
  private static final Pattern REGISTRATION =
      Pattern.compile("(?m)^complete -F (\\S+) -o default .*$");

  /** Shells that read the script. */
  enum Shell {
    bash,
    zsh
  }

  @Spec private CommandSpec spec;

  /** One script serves both; the name says which shell may rely on it. */
  @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
  private Shell shell;

  @Mixin private HelpOptions help;

  @Override
  public Parsed run(Surroundings surroundings) {
    surroundings.out().println(script());
    surroundings.out().flush();
    return new Parsed.Answered(ExitStatus.SUCCESS);
  }

  private String script() {
    CommandLine root = spec.root().commandLine();
    String script = AutoComplete.bash(PROGRAM, root);
    script = REGISTRATION.matcher(script).replaceAll("complete -F $1 -o default " + NAMES);
    script = HEADER.matcher(script).replaceFirst(Matcher.quoteReplacement(OUR_HEADER));
    for (String option : negatable(root)) {
      String negated = "--no-" + option.substring(2);
      script = script.replace("'" + option + "'", "'" + option + "' '" + negated + "'");
    }
    return script;
  }

  /** Those options have a second name that picocli leaves out. */
  private static Set<String> negatable(CommandLine command) {
    Set<String> names = new TreeSet<>();
    command.getCommandSpec().options().stream()
        .filter(OptionSpec::negatable)
        .forEach(option -> names.add(option.longestName()));
    command.getSubcommands().values().forEach(sub -> names.addAll(negatable(sub)));
    return names;
  }
}
