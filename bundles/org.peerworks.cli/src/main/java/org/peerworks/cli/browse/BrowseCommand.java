package org.peerworks.cli.browse;

import java.io.IOException;
import java.time.Duration;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.account.Browser;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.Invocation.Browse;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.connect.Connector;
import org.peerworks.cli.connect.Services;
import org.peerworks.cli.terminal.Console;
import org.peerworks.files.api.FilePage;
import org.peerworks.files.api.FilePages;

/** Shows the files of a worker as a page, and keeps the connection to it. */
public final class BrowseCommand {

  private static final Duration START = Duration.ofSeconds(10);

  private final Services services;
  private final Console console;
  private final Browser browser;

  public BrowseCommand(Services services, Console console, Browser browser) {
    this.services = services;
    this.console = console;
    this.browser = browser;
  }

  /**
   * Blocks until this thread is interrupted.
   *
   * @throws CommandFailure if there is no connection at first
   */
  public int run(Browse browse) throws IOException, InterruptedException {
    Connector.check(browse.target());
    FilePages pages =
        services
            .await(FilePages.class, "", START)
            .orElseThrow(
                () ->
                    CommandFailure.failed(
                        "No page can be shown: the bundle 'org.peerworks.files.browser' has not"
                            + " started. See the log for why.",
                        null));
    Connection first = new Connector(services, console).open(browse.target());
    try (WorkerSource source =
            new WorkerSource(
                first, Connector.quiet(services, console), browse.target(), console::say);
        FilePage page = pages.open(source, browse.port())) {
      String address = page.address().toString();
      console.say("Look at " + address);
      console.say("Whoever has this address sees the worker's files. Stop with Ctrl-C.");
      console.event("listening", "address", address);
      if (browse.browser() && !browser.open(page.address())) {
        console.say("No browser could be opened. Open the address yourself.");
      }
      stay(source);
    }
    return ExitStatus.SUCCESS;
  }

  private void stay(WorkerSource source) {
    try {
      source.keep();
    } catch (InterruptedException e) {
      console.say("Stopping.");
      console.event("stopping");
    }
  }
}
