package org.peerworks.cli.select;

import java.util.List;
import java.util.Optional;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.PlainText;
import org.peerworks.cli.terminal.Table;

/** Lets a person choose by number, where the terminal has no cursor keys. */
final class NumberSelector {

  private static final int ATTEMPTS = 3;

  private final Console console;

  NumberSelector(Console console) {
    this.console = console;
  }

  /**
   * @return empty if the person does not want any
   */
  Optional<Row> choose(String question, Choices choices) throws InterruptedException {
    choices.settle();
    List<Row> rows = choices.rows();
    console.say(question);
    Table table = new Table("", "NAME", "SIZE", "MODIFIED", "MOUNT", "PATH");
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      table.row(
          Integer.toString(i + 1),
          row.name(),
          row.size(),
          row.date(),
          row.mount(),
          row.shownPath());
    }
    table.lines().forEach(line -> console.say("  " + line));
    if (!choices.status().isEmpty()) {
      console.say("  " + choices.status());
    }
    String range = rows.size() == 1 ? "1" : "1-" + rows.size();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<String> answer = console.ask("Which one? [" + range + ", or Enter for none]");
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (answer.isEmpty() || answer.get().isEmpty()) {
        return Optional.empty();
      }
      if (answer.get().matches("\\d{1,6}")) {
        int number = Integer.parseInt(answer.get());
        if (number >= 1 && number <= rows.size()) {
          return Optional.of(rows.get(number - 1));
        }
      }
      console.say("  '" + PlainText.of(answer.get()) + "' is none of the numbers.");
    }
    return Optional.empty();
  }
}
