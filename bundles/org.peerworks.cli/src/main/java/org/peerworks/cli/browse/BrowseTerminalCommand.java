package org.peerworks.cli.browse;

import java.io.IOException;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.Invocation.BrowseTerminal;
import org.peerworks.cli.connect.Connector;
import org.peerworks.cli.connect.Services;
import org.peerworks.cli.select.TerminalBrowser;
import org.peerworks.cli.terminal.Console;

/** Shows a worker's files at the terminal; what was copied is printed at the end. */
public final class BrowseTerminalCommand {

  private final Services services;
  private final Console console;

  public BrowseTerminalCommand(Services services, Console console) {
    this.services = services;
    this.console = console;
  }

  /**
   * @throws CommandFailure if there is no connection at first, or no terminal
   */
  public int run(BrowseTerminal browse) throws IOException, InterruptedException {
    Connector.check(browse.target());
    if (!browse.target().interactive() || !console.person() || !console.terminal()) {
      throw CommandFailure.usage(
          "--terminal needs a person at a terminal with cursor keys. In scripts, list candidates"
              + " with 'client-train --non-interactive --pkg_path NAME'.");
    }
    Connector quiet = Connector.quiet(services, console);
    try (WorkerSource source =
        new WorkerSource(
            new Connector(services, console).open(browse.target()),
            quiet,
            browse.target(),
            news -> {})) {
      Thread keeper = new Thread(() -> keep(source), "browse-keep");
      keeper.setDaemon(true);
      keeper.start();
      try {
        TerminalBrowser.ofProcess(console).browse(source).forEach(console::say);
      } finally {
        keeper.interrupt();
        keeper.join();
      }
      return ExitStatus.SUCCESS;
    }
  }

  private static void keep(WorkerSource source) {
    try {
      source.keep();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the person has had enough
    }
  }
}
