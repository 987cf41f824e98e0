package org.peerworks.cli.command;

/** The declaration of one command. */
interface Line {

  /**
   * The command that was typed.
   *
   * @throws UsageException if its options do not go together
   */
  Parsed run(Surroundings surroundings);
}
