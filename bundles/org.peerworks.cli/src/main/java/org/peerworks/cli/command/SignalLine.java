package org.peerworks.cli.command;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "signal",
    description = {
      "Start a signalling server, where workers and clients find each other.",
      "It never sees the data of a job. Rooms survive a restart. Ends on Ctrl-C or SIGTERM."
    },
    subcommands = SignalUserLine.class,
    synopsisSubcommandLabel = "[user]",
    footerHeading = "%nExamples:%n",
    footer = {
      "  # For this machine only",
      "  ${COMMAND-FULL-NAME}",
      "",
      "  # For the whole network",
      "  ${COMMAND-FULL-NAME} --server 0.0.0.0:8080",
      "",
      "  # An account at the server that runs here",
      "  ${COMMAND-FULL-NAME} user add anna"
    })
final class SignalLine implements Line {

  @Mixin private ServerOptions server = new ServerOptions();

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private DataOption data = new DataOption();

  @Mixin private HelpOptions help;

  @Override
  public Parsed.Run run(Surroundings surroundings) {
    Optional<Server> told = server.told(surroundings);
    return new Parsed.Run(
        new Invocation.Signal(told, json.chosen()), Plans.signal(told, data.resolve(surroundings)));
  }
}
