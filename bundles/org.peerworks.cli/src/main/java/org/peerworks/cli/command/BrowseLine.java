package org.peerworks.cli.command;

import org.peerworks.files.api.FilePages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "browse",
    description = {
      "Look at the files of a worker in your browser, and copy their paths for other commands.",
      "The page is served on this machine only, at an address with a secret of this run."
          + " It stays until Ctrl-C, also while the worker is away."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${COMMAND-FULL-NAME} --room 2f4919b3 --token f3a9c1",
      "",
      "  # On a machine without a desktop: forward the port with 'ssh -L 8765:127.0.0.1:8765 HOST',",
      "  # then open the address that is printed",
      "  ${COMMAND-FULL-NAME} --session_string \"sleap-session:eyJy…\" --no-browser",
      "",
      "  # Without any browser",
      "  ${COMMAND-FULL-NAME} --session_string \"sleap-session:eyJy…\" --terminal",
      "",
      "Exit status: 0 stopped, 2 usage, 3 no connection, 4 refused."
    })
final class BrowseLine implements Line {

  @Mixin private TargetOptions target;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      order = 1,
      converter = Numbers.Port.class,
      description =
          "Port on this machine; the next free one if it is taken. Default: "
              + FilePages.USUAL_PORT
              + ".")
  private int port = FilePages.USUAL_PORT;

  @Option(
      names = "--no-browser",
      order = 2,
      description = "Only print the address, open no browser.")
  private boolean noBrowser;

  @Option(
      names = "--terminal",
      order = 3,
      description =
          "Show them in this terminal instead, with arrow keys, as over SSH. Esc ends it and prints"
              + " what was copied.")
  private boolean terminal;

  @Mixin private HelpOptions help;

  @Override
  public Parsed.Run run(Surroundings surroundings) {
    if (terminal) {
      return new Parsed.Run(
          new Invocation.BrowseTerminal(target.target(surroundings)),
          Plans.client(target.dataDirectory(surroundings)));
    }
    return new Parsed.Run(
        new Invocation.Browse(target.target(surroundings), port, !noBrowser),
        Plans.browse(target.dataDirectory(surroundings)));
  }
}
