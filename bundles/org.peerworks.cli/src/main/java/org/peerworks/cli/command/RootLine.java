package org.peerworks.cli.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "peerworks",
    description = {
      "Sends work to GPU workers, peer to peer, and runs such workers.",
      "Options may be spelled with _ or -."
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = {
      "  ${COMMAND-FULL-NAME} worker --with-signal",
      "  ${COMMAND-FULL-NAME} client-train --session_string \"sleap-session:eyJy…\" --pkg_path"
          + " labels.slp",
      "",
      "'${COMMAND-FULL-NAME} COMMAND --help' says more about a command."
    })
final class RootLine {

  /** All commands, in the order of help. Each costs time at every start that declares it. */
  static final List<Class<?>> COMMANDS =
      List.of(
          WorkerLine.class,
          SignalLine.class,
          TrainLine.class,
          TrackLine.class,
          OldClientLine.class,
          TrainThereLine.class,
          TrackThereLine.class,
          ResolvePathsLine.class,
          JobLines.class,
          BrowseLine.class,
          AccountLines.Login.class,
          AccountLines.Logout.class,
          AccountLines.WhoAmI.class,
          AccountLines.Status.class,
          RoomLines.class,
          TokenLines.class,
          KeyLines.class,
          CredentialsLines.class,
          ConfigLines.class,
          ShellLine.class,
          DoctorLine.class,
          CompletionLine.class);

  @Mixin private HelpOptions help;
}
