package org.peerworks.cli.command;

import java.util.Optional;

/** Reads the words that {@code peerworks} was called with. */
public final class Words {

  private Words() {}

  /**
   * Reads a command line. Help, version and usage errors are printed on the process's own streams.
   * System properties: {@code peerworks.program} is what the program was called, {@code
   * peerworks.version} its version.
   */
  public static Parsed parse(String... words) {
    Surroundings surroundings = Surroundings.ofProcess();
    return bare(surroundings, words).orElseGet(() -> new CommandLines(surroundings).read(words));
  }

  /**
   * What is started with every machine is called by its name alone, and needs nobody who knows all
   * options: to learn them takes longer than all else that happens before a framework starts.
   *
   * @return empty for everything else, wrong variables too
   */
  static Optional<Parsed> bare(Surroundings surroundings, String... words) {
    String only = words.length == 1 ? words[0] : "";
    try {
      return switch (only) {
        case "worker" -> Optional.of(new WorkerLine().run(surroundings));
        case "signal" -> Optional.of(new SignalLine().run(surroundings));
        default -> Optional.empty();
      };
    } catch (UsageException e) {
      return Optional.empty();
    }
  }
}
