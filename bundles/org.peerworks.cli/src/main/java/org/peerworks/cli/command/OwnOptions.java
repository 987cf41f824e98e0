package org.peerworks.cli.command;

import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands about the user's own account and files have in common. */
final class OwnOptions {

  @Option(
      names = "--non-interactive",
      order = 71,
      description = "Never ask a question; fail where an answer is needed.")
  private boolean nonInteractive;

  @Mixin private JsonOption json;

  @Mixin private HelpOptions help;

  OwnInvocation.Context context(Surroundings surroundings, Optional<Server> server) {
    return new OwnInvocation.Context(
        surroundings.places(), server, !nonInteractive && !json.chosen(), json.chosen());
  }

  /** Such a command, ready to be run. */
  static Parsed.Run run(OwnInvocation invocation, Surroundings surroundings) {
    return new Parsed.Run(invocation, Plans.own(surroundings.dataDirectory(null)));
  }
}
