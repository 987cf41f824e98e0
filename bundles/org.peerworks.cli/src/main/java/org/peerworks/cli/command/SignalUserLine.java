package org.peerworks.cli.command;

import java.util.Optional;
import org.peerworks.cli.command.SignalUserInvocation.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "user",
    description = {
      "Look after the accounts of the signalling server that runs on this machine.",
      "A new account's password is made up, and printed once."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${COMMAND-FULL-NAME} add anna",
      "  ${COMMAND-FULL-NAME} list",
      "",
      "  # A new password; logins end, keys stay",
      "  ${COMMAND-FULL-NAME} password anna",
      "",
      "  # With the account's rooms and keys",
      "  ${COMMAND-FULL-NAME} remove anna"
    })
final class SignalUserLine implements Line {

  @Parameters(index = "0", paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES}.")
  private Verb verb;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "Name to log in with.")
  private String name;

  @Mixin private ForceOption force;

  @Mixin private DataOption data;

  @Mixin private OwnOptions own;

  @Override
  public Parsed run(Surroundings surroundings) {
    if ((name == null) != (verb == Verb.list)) {
      throw new UsageException(
          verb == Verb.list ? "'list' takes no NAME." : "'" + verb + "' needs the account's NAME.");
    }
    return OwnOptions.run(
        new SignalUserInvocation(
            own.context(surroundings, Optional.empty()),
            data.resolve(surroundings),
            verb,
            Optional.ofNullable(name),
            force.given()),
        surroundings);
  }
}
