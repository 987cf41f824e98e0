package org.peerworks.cli.serve;

import java.time.Duration;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.Invocation.Signal;
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
   * @throws org.peerworks.cli.CommandFailure if the server does not start
   */
  public int run(Signal signal) {
    try {
      ServerAddress address = OwnSignaling.await(services, signal.server(), patience);
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
}
