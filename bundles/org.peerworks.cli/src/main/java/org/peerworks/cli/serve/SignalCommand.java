package org.peerworks.cli.serve;

import java.time.Duration;
import java.util.Optional;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.connect.Services;
import org.peerworks.cli.terminal.Console;
import org.peerworks.signaling.api.ServerAddress;

/** Says where the signalling server of this process listens. */
public final class SignalCommand {

  private final Services services;
  private final Console console;
  private final Duration patience;

  /**
   * @param patience longest start of the server
   */
  public SignalCommand(Services services, Console console, Duration patience) {
    this.services = services;
    this.console = console;
    this.patience = patience;
  }

  /**
   * Blocks until this thread is interrupted.
   *
   * @throws CommandFailure if the server does not start
   */
  public int run() {
    try {
      ServerAddress address = address();
      console.say("Signalling server: " + address.webSocket() + ", calls: " + address.http());
      console.say("Stop with Ctrl-C.");
      console.event(
          "listening",
          "webSocket",
          address.webSocket().toString(),
          "http",
          address.http().toString());
      Object forever = new Object();
      while (true) {
        synchronized (forever) {
          forever.wait();
        }
      }
    } catch (InterruptedException e) {
      console.say("Stopping.");
      console.event("stopping");
      return ExitStatus.SUCCESS;
    }
  }

  private ServerAddress address() throws InterruptedException {
    Optional<ServerAddress> address = services.await(ServerAddress.class, "", patience);
    return address.orElseThrow(
        () ->
            CommandFailure.noConnection(
                "The signalling server has not started. Is its port in use? The log in the data"
                    + " directory says more; --server and --server-http choose other ports."));
  }
}
