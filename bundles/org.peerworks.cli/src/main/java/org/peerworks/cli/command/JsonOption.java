package org.peerworks.cli.command;

import picocli.CommandLine.Option;

/** Output for scripts. */
final class JsonOption {

  @Option(
      names = "--json",
      order = 80,
      description = "Print JSON for scripts on standard output; text for people goes to the other.")
  private boolean json;

  boolean chosen() {
    return json;
  }
}
