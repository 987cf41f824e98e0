package org.peerworks.cli.command;

import picocli.CommandLine.Option;

/** No question. */
final class ForceOption {

  @Option(
      names = {"-f", "--force", "--yes"},
      order = 10,
      description = "Do not ask first.")
  private boolean force;

  boolean given() {
    return force;
  }
}
