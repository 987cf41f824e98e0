package org.peerworks.cli.command;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "types",
    description = "List the job types that the worker has, or the parameters of one.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${COMMAND-FULL-NAME} --session_string \"sleap-session:eyJy…\"",
      "  ${COMMAND-FULL-NAME} sort-lines -s \"sleap-session:eyJy…\""
    })
final class JobTypesLine extends JobLines.JobLine {

  @Parameters(
      arity = "0..1",
      paramLabel = "TYPE",
      description = "Only this one, with its parameters.")
  private String type;

  @Override
  Invocation command(Surroundings surroundings) {
    return new Invocation.JobTypes(target(surroundings), Optional.ofNullable(type));
  }
}
