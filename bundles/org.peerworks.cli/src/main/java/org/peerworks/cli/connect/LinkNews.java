package org.peerworks.cli.connect;

import java.util.function.Consumer;
import org.peerworks.cli.terminal.Console;
import org.peerworks.protocol.api.LinkState;

/** Says, once each time, that the connection to a worker was lost, and that it is back. */
final class LinkNews implements Consumer<LinkState> {

  private final Console console;
  private final String worker;
  private final boolean quiet;
  private boolean lost;

  /**
   * @param quiet whether a script reads nothing but the command's own document
   */
  LinkNews(Console console, String worker, boolean quiet) {
    this.console = console;
    this.worker = worker;
    this.quiet = quiet;
  }

  @Override
  public synchronized void accept(LinkState state) {
    switch (state.phase()) {
      case LOST -> {
        lost = true;
        console.warn(
            "The connection to worker '"
                + worker
                + "' was lost: "
                + state.reason().replaceAll("\\.$", "")
                + ". Reconnecting ...");
        event("lost", "worker", worker, "reason", state.reason());
      }
      case CONNECTED -> {
        if (lost) {
          lost = false;
          console.warn("Connected to worker '" + worker + "' again.");
          event("reconnected", "worker", worker);
        }
      }
      case CLOSED -> {
        // The command says so itself, where it is news.
      }
    }
  }

  private void event(String name, Object... fields) {
    if (!quiet) {
      console.event(name, fields);
    }
  }
}
