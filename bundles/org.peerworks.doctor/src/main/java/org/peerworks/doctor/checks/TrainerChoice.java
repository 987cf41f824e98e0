package org.peerworks.doctor.checks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which trainer a worker would run.
 *
 * @param program null unless it is a file of the machine
 * @param arguments that come before the job's own, as they are configured
 * @param config the file that says so, or would
 * @param otherTorch whether programs are told of a PyTorch that is not the built-in trainer's
 */
record TrainerChoice(
    Source source, Path program, String arguments, Path config, boolean otherTorch) {

  static final String PROGRAM = "sleap-nn";

  private static final String PID = "org.peerworks.job.process";

  /** {@code sleap-nn}, or {@code sleap-nn=/path arguments} with quotes around words with spaces. */
  private static final Pattern ENTRY =
      Pattern.compile("(?:^|,)\\s*sleap-nn\\s*(?:=\\s*(?:\"([^\"]*)\"|([^\\s,]*))([^,]*))?(?=,|$)");

  private static final Pattern OTHER_TORCH =
      Pattern.compile("(?:^|,)\\s*PYTORCH_LIBRARY_PATH\\s*(?:=|,|$)");

  /** Where it comes from, in the order in which a worker looks. */
  enum Source {
    /** A client's installation, which trains nothing. */
    CLIENT,
    CONFIGURED,
    PATH,
    BUILT_IN,
    NONE
  }

  /**
   * @param path directories of programs, with colons between them
   */
  static TrainerChoice of(Path home, Path data, String path) throws IOException {
    ConfigFile config = ConfigFile.read(home, data, PID);
    boolean otherTorch = OTHER_TORCH.matcher(config.text("environment").orElse("")).find();
    if (!Files.exists(home.resolve("features/worker.json"))) {
      return new TrainerChoice(Source.CLIENT, null, "", config.file(), otherTorch);
    }
    Matcher entry = ENTRY.matcher(config.text("programs").orElse(PROGRAM));
    boolean listed = entry.find();
    String configured = listed ? Optional.ofNullable(entry.group(1)).orElse(entry.group(2)) : null;
    if (configured != null) {
      return new TrainerChoice(
          Source.CONFIGURED, Path.of(configured), entry.group(3), config.file(), otherTorch);
    }
    Optional<Path> installed = listed ? on(path) : Optional.empty();
    if (installed.isPresent()) {
      return new TrainerChoice(Source.PATH, installed.get(), "", config.file(), otherTorch);
    }
    Source last = builtIn(home) ? Source.BUILT_IN : Source.NONE;
    return new TrainerChoice(last, null, "", config.file(), otherTorch);
  }

  private static Optional<Path> on(String path) {
    for (String directory : path.split(":")) {
      Path program = Path.of(directory.isEmpty() ? "." : directory).resolve(PROGRAM);
      if (Files.isRegularFile(program) && Files.isExecutable(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  private static boolean builtIn(Path home) throws IOException {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(home.resolve("bundles"), "org.peerworks.pose-*.jar")) {
      return jars.iterator().hasNext();
    }
  }
}
