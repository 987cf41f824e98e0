package org.peerworks.cli.find;

import java.io.IOException;
import java.util.List;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.Invocation.BrowseTerminal;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.connect.Connector;
import org.peerworks.cli.select.TerminalBrowser;
import org.peerworks.cli.terminal.Console;
import org.peerworks.files.api.FileResolver;

/** Shows a worker's files at the terminal; what was copied is printed at the end. */
public final class BrowseTerminalCommand {

  private final Connector connector;
  private final Console console;

  public BrowseTerminalCommand(Connector connector, Console console) {
    this.connector = connector;
    this.console = console;
  }

  public int run(BrowseTerminal browse) throws IOException, InterruptedException {
    Connector.check(browse.target());
    if (!browse.target().interactive() || !console.person() || !console.terminal()) {
      throw CommandFailure.usage(
          "--terminal needs a person at a terminal with cursor keys. In scripts, list candidates"
              + " with 'client-train --non-interactive --pkg_path NAME'.");
    }
    try (Connection connection = connector.open(browse.target())) {
      FileResolver files =
          connection
              .files()
              .orElseThrow(
                  () ->
                      CommandFailure.usage(
                          "Worker '"
                              + connection.workerName()
                              + "' cannot be asked for its files."));
      List<String> copied =
          TerminalBrowser.ofProcess(console)
              .browse(files, connection.workerName(), connection::isLost);
      copied.forEach(console::say);
      if (connection.isLost()) {
        connection.await(files.info());
      }
      return ExitStatus.SUCCESS;
    }
  }
}
