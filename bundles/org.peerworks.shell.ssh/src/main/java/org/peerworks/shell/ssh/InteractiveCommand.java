package org.peerworks.shell.ssh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.channel.ChannelSession;
import org.peerworks.shell.api.Shell;
import org.peerworks.shell.api.ShellSession;
import org.peerworks.shell.api.ShellUser;

/** Reads lines until there are no more: at a terminal with a prompt, else as they come. */
final class InteractiveCommand extends SessionCommand {

  private final Shell shell;

  InteractiveCommand(Shell shell, ShellUser user) {
    super(user);
    this.shell = shell;
  }

  @Override
  int run(ChannelSession channel, Environment environment) throws IOException {
    if (environment.getEnv().containsKey(Environment.ENV_TERM)) {
      return new Prompt(shell, user(), environment).run(in(), out());
    }
    int status = ShellSession.DONE;
    try (ShellSession session = shell.open(user(), in(), out(), err());
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine();
          line != null && !Prompt.ends(line);
          line = lines.readLine()) {
        status = session.run(line);
      }
    }
    return status;
  }
}
