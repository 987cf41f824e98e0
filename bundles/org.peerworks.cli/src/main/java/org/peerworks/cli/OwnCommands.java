package org.peerworks.cli;

import java.io.IOException;
import org.peerworks.cli.account.AccountCommands;
import org.peerworks.cli.account.CredentialsCommands;
import org.peerworks.cli.account.KeyCommands;
import org.peerworks.cli.account.RoomCommands;
import org.peerworks.cli.account.SignalUserCommands;
import org.peerworks.cli.account.TokenCommands;
import org.peerworks.cli.command.AccountInvocation;
import org.peerworks.cli.command.ConfigInvocation;
import org.peerworks.cli.command.CredentialsInvocation;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.command.KeyInvocation;
import org.peerworks.cli.command.OwnInvocation;
import org.peerworks.cli.command.RoomInvocation;
import org.peerworks.cli.command.ServiceInvocation;
import org.peerworks.cli.command.ShellInvocation;
import org.peerworks.cli.command.SignalUserInvocation;
import org.peerworks.cli.command.TokenInvocation;
import org.peerworks.cli.service.ServiceCommands;
import org.peerworks.cli.settings.ConfigCommands;
import org.peerworks.cli.shell.ShellCommand;
import org.peerworks.cli.terminal.Console;
import org.peerworks.lib.account.BadFileException;

/** Runs commands about the user's own account and files, with no framework around. */
public final class OwnCommands {

  private final Console console;

  OwnCommands(Console console) {
    this.console = console;
  }

  /**
   * Runs a command on this thread, on the process's streams; an interrupt ends it.
   *
   * @return exit status of the program
   */
  public static int runInProcess(OwnInvocation invocation) {
    return new OwnCommands(Console.ofProcess(invocation.json(), false)).run(invocation);
  }

  /** The same on a console. */
  int run(OwnInvocation invocation) {
    try {
      return dispatch(invocation);
    } catch (CommandFailure e) {
      // A question that Ctrl-C ended has no answer, which is not why the command ended.
      return Thread.interrupted()
          ? ended(ExitStatus.INTERRUPTED, "Interrupted.")
          : ended(e.status(), e.getMessage());
    } catch (BadFileException e) {
      return ended(ExitStatus.USAGE, e.getMessage());
    } catch (InterruptedException e) {
      return ended(ExitStatus.INTERRUPTED, "Interrupted.");
    } catch (IOException e) {
      return ended(ExitStatus.FAILED, FileTrouble.explained(e));
    }
  }

  private int ended(int status, String message) {
    console.endStatus();
    console.warn(message);
    console.event("error", "message", message, "exit", status);
    return status;
  }

  private int dispatch(OwnInvocation invocation) throws IOException, InterruptedException {
    if (invocation instanceof AccountInvocation account) {
      return new AccountCommands(console).run(account);
    } else if (invocation instanceof RoomInvocation room) {
      return new RoomCommands(console).run(room);
    } else if (invocation instanceof TokenInvocation token) {
      return new TokenCommands(console).run(token);
    } else if (invocation instanceof KeyInvocation key) {
      return new KeyCommands(console).run(key);
    } else if (invocation instanceof CredentialsInvocation credentials) {
      return new CredentialsCommands(console).run(credentials);
    } else if (invocation instanceof ShellInvocation shell) {
      return new ShellCommand().run(shell);
    } else if (invocation instanceof ServiceInvocation service) {
      return new ServiceCommands(console).run(service);
    } else if (invocation instanceof SignalUserInvocation user) {
      return new SignalUserCommands(console).run(user);
    }
    return new ConfigCommands(console).run((ConfigInvocation) invocation);
  }
}
