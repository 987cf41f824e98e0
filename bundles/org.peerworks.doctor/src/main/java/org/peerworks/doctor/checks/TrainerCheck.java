package org.peerworks.doctor.checks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peerworks.doctor.Check;
import org.peerworks.doctor.Finding;

/** Which trainer a worker would run: the configured one, one on the PATH, or the built-in one. */
final class TrainerCheck implements Check {

  private static final String PROGRAM = "sleap-nn";
  private static final String PID = "org.peerworks.job.process";

  /** {@code sleap-nn}, or {@code sleap-nn=/path arguments} with quotes around words with spaces. */
  private static final Pattern ENTRY =
      Pattern.compile("(?:^|,)\\s*sleap-nn\\s*(?:=\\s*(?:\"([^\"]*)\"|([^\\s,]*))([^,]*))?(?=,|$)");

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
    if (!Files.exists(home.resolve("features/worker.json"))) {
      return Finding.note("This is a client's installation: training is the workers' business", "");
    }
    ConfigFile config = ConfigFile.read(home, data, PID);
    Matcher entry = ENTRY.matcher(config.text("programs").orElse(PROGRAM));
    boolean listed = entry.find();
    String configured = listed ? Optional.ofNullable(entry.group(1)).orElse(entry.group(2)) : null;
    if (configured != null) {
      return configured(Path.of(configured), entry.group(3), config.file());
    }
    Optional<Path> installed = listed ? onPath() : Optional.empty();
    if (installed.isPresent()) {
      return TrainerRun.judge(
          List.of(installed.get().toString()),
          "'" + installed.get() + "', on the PATH",
          "Mend that installation of " + PROGRAM + ", or take it from the worker's PATH.");
    }
    return builtIn()
        ? Finding.ok("The built-in one; there is no '" + PROGRAM + "' on the PATH")
        : Finding.error(
            "No '" + PROGRAM + "' on the PATH, and no built-in trainer in '" + home + "'",
            "Install sleap-nn, or set 'programs' in '" + config.file() + "'.");
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

  private Optional<Path> onPath() {
    for (String directory : path.split(":")) {
      Path program = Path.of(directory.isEmpty() ? "." : directory).resolve(PROGRAM);
      if (Files.isRegularFile(program) && Files.isExecutable(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  private boolean builtIn() throws IOException {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(home.resolve("bundles"), "org.peerworks.pose-*.jar")) {
      return jars.iterator().hasNext();
    }
  }
}
