package org.peerworks.cli.command;

import picocli.CommandLine.Command;

/** What {@code client-train} was called once. */
@Command(
    name = "client",
    hidden = true,
    description = "Deprecated: the same as client-train. Use that.")
final class OldClientLine extends TrainLine {

  @Override
  public Parsed.Run run(Surroundings surroundings) {
    return run(surroundings, true);
  }
}
