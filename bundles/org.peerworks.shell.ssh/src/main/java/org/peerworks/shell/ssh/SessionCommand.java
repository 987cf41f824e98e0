package org.peerworks.shell.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.peerworks.shell.api.ShellSession;
import org.peerworks.shell.api.ShellUser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that runs in a thread of its own as long as its channel is open. */
abstract class SessionCommand implements Command {

  private static final Logger LOG = LoggerFactory.getLogger(SessionCommand.class);

  private final ShellUser user;
  private InputStream in;
  private OutputStream out;
  private OutputStream err;
  private ExitCallback exit;
  private volatile Thread thread;

  SessionCommand(ShellUser user) {
    this.user = user;
  }

  /**
   * Does it.
   *
   * @return exit status
   */
  abstract int run(ChannelSession channel, Environment environment) throws IOException;

  @Override
  public final void start(ChannelSession channel, Environment environment) {
    thread = new Thread(() -> complete(channel, environment), "ssh-" + user.name());
    thread.setDaemon(true);
    thread.start();
  }

  private void complete(ChannelSession channel, Environment environment) {
    int status = ShellSession.FAILED;
    try {
      status = run(channel, environment);
      out.flush();
      err.flush();
    } catch (IOException e) {
      LOG.debug("The connection of '{}' is gone", user.name(), e);
    } catch (RuntimeException e) {
      LOG.error("The session of '{}' failed", user.name(), e);
    } finally {
      exit.onExit(status);
    }
  }

  /** The channel is closed: what still runs is asked to end. */
  @Override
  public final void destroy(ChannelSession channel) {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  final ShellUser user() {
    return user;
  }

  final InputStream in() {
    return in;
  }

  final OutputStream out() {
    return out;
  }

  final OutputStream err() {
    return err;
  }

  @Override
  public final void setInputStream(InputStream stream) {
    this.in = stream;
  }

  @Override
  public final void setOutputStream(OutputStream stream) {
    this.out = stream;
  }

  @Override
  public final void setErrorStream(OutputStream stream) {
    this.err = stream;
  }

  @Override
  public final void setExitCallback(ExitCallback callback) {
    this.exit = callback;
  }
}
