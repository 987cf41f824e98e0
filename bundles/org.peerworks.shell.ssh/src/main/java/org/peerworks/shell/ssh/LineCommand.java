package org.peerworks.shell.ssh;

import org.apache.sshd.server.Environment;
import org.apache.sshd.server.channel.ChannelSession;
import org.peerworks.shell.api.Shell;
import org.peerworks.shell.api.ShellSession;
import org.peerworks.shell.api.ShellUser;

/** Runs one line: {@code ssh worker job:list}. */
final class LineCommand extends SessionCommand {

  private static final int LONGEST = 64 << 10;

  private final Shell shell;
  private final String line;

  LineCommand(Shell shell, ShellUser user, String line) {
    super(user);
    this.shell = shell;
    this.line = line;
  }

  @Override
  int run(ChannelSession channel, Environment environment) {
    if (line.length() > LONGEST) {
      return ShellSession.USAGE;
    }
    try (ShellSession session = shell.open(user(), in(), out(), err())) {
      return session.run(line);
    }
  }
}
