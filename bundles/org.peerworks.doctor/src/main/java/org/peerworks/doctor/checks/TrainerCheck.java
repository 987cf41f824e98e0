package org.peerworks.doctor.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peerworks.doctor.Check;
import org.peerworks.doctor.Finding;

/** Which trainer a worker would run: the configured one, one on the PATH, or the built-in one. */
final class TrainerCheck implements Check {

  private static final String PROGRAM = TrainerChoice.PROGRAM;

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private final Path home;
  private final Path data;
  private final String path;

  TrainerCheck(Path home, Path data) {
    this(home, data, System.getenv().getOrDefault("PATH", ""));
  }

  /**
   * @param path directories of programs, with colons between them
   */
  TrainerCheck(Path home, Path data, String path) {
    this.home = home;
    this.data = data;
    this.path = path;
  }

  @Override
  public String name() {
    return "Trainer";
  }

  @Override
  public Duration deadline() {
    return Duration.ofSeconds(75);
  }

  @Override
  public List<Finding> run() throws IOException, InterruptedException {
    return List.of(find());
  }

  private Finding find() throws IOException, InterruptedException {
    TrainerChoice choice = TrainerChoice.of(home, data, path);
    return switch (choice.source()) {
      case CLIENT ->
          Finding.note("This is a client's installation: training is the workers' business", "");
      case CONFIGURED -> configured(choice.program(), choice.arguments(), choice.config());
      case PATH ->
          TrainerRun.judge(
              List.of(choice.program().toString()),
              "'" + choice.program() + "', on the PATH",
              "Mend that installation of " + PROGRAM + ", or take it from the worker's PATH.");
      case BUILT_IN -> Finding.ok("The built-in one; there is no '" + PROGRAM + "' on the PATH");
      case NONE ->
          Finding.error(
              "No '" + PROGRAM + "' on the PATH, and no built-in trainer in '" + home + "'",
              "Install sleap-nn, or set 'programs' in '" + choice.config() + "'.");
    };
  }

  private static Finding configured(Path program, String arguments, Path file)
      throws InterruptedException {
    if (Files.isExecutable(program) && Files.isRegularFile(program)) {
      List<String> command = new ArrayList<>(List.of(program.toString()));
      Matcher word = WORD.matcher(arguments);
      while (word.find()) {
        command.add(word.group(1) == null ? word.group(2) : word.group(1));
      }
      return TrainerRun.judge(
          command,
          "'" + program + "', configured in '" + file + "'",
          "Mend that installation of " + PROGRAM + ", or correct 'programs' there.");
    }
    String why = Files.exists(program) ? "cannot be executed" : "does not exist";
    return Finding.error(
        "'" + program + "' is configured as '" + PROGRAM + "', and " + why,
        "Correct 'programs' in '" + file + "', or install it there.");
  }
}
