package org.peerworks.cli.command;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "doctor",
    description = {
      "Find out why Peerworks does not work on this machine, and how to mend it.",
      "Looks at Java, native libraries, trainer, GPU, disk, ports, signalling server and clock, and sends"
          + " some megabytes from one peer to another. Changes nothing. Exits with 1 if something is wrong."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  # A worker's machine",
      "  ${COMMAND-FULL-NAME}",
      "",
      "  # A client's machine, and the way to the server",
      "  ${COMMAND-FULL-NAME} --server signal.example.org:8080"
    })
final class DoctorLine implements Line {

  @Mixin private ServerOptions server;

  @Mixin private JsonOption json;

  @Mixin private DataOption data;

  @Mixin private HelpOptions help;

  @Override
  public Parsed.Run run(Surroundings surroundings) {
    Optional<Server> told = server.chosen(surroundings);
    return new Parsed.Run(
        new Invocation.Doctor(told.orElse(Server.LOCAL), told.isPresent(), json.chosen()),
        Plans.doctor(data.resolve(surroundings)));
  }
}
