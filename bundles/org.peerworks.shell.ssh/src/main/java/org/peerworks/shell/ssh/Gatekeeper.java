package org.peerworks.shell.ssh;

import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.peerworks.shell.api.ShellUser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts connections, and notes who came and who was not let in. */
final class Gatekeeper implements SessionListener {

  /** Fingerprint of the key that was tried last. */
  static final AttributeKey<String> TRIED = new AttributeKey<>();

  /** The name that came with it. */
  static final AttributeKey<String> NAME = new AttributeKey<>();

  private static final AttributeKey<Boolean> SPOKEN = new AttributeKey<>();

  private static final Logger LOG = LoggerFactory.getLogger(Gatekeeper.class);

  private final SshServer server;
  private final Limits limits;
  private final Strangers strangers;
  private final AttributeKey<ShellUser> user;

  Gatekeeper(SshServer server, Limits limits, Strangers strangers, AttributeKey<ShellUser> user) {
    this.server = server;
    this.limits = limits;
    this.strangers = strangers;
    this.user = user;
  }

  @Override
  public void sessionCreated(Session session) {
    var sessions = server.getActiveSessions();
    long unknown = sessions.stream().filter(s -> s != session && !s.isAuthenticated()).count();
    if (sessions.size() > limits.sessions() || unknown >= limits.strangers()) {
      LOG.warn("Too many connections to the shell; closed the one of '{}'", where(session));
      session.close(true);
    }
  }

  @Override
  public void sessionEvent(Session session, Event event) {
    if (event == Event.KexCompleted) {
      session.setAttribute(SPOKEN, true);
    } else if (event == Event.Authenticated && session.getAttribute(user) != null) {
      ShellUser known = session.getAttribute(user);
      LOG.info("'{}' ({}) came in from '{}'", known.name(), known.role(), known.from());
    }
  }

  @Override
  public void sessionClosed(Session session) {
    // Who does not even agree on keys is a port scan, or a check whether the door is there.
    if (!session.isAuthenticated() && session.getAttribute(SPOKEN) != null) {
      String name = session.getAttribute(NAME);
      String key = session.getAttribute(TRIED);
      strangers.refused(
          name == null ? "?" : clean(name),
          "ssh " + where(session),
          key == null ? "No key was shown." : "The key " + key + " is nobody's.");
    }
  }

  private static String where(Session session) {
    return Door.where(
        session instanceof ServerSession known
            ? known.getClientAddress()
            : session.getIoSession().getRemoteAddress());
  }

  private static String clean(String name) {
    return name.replaceAll("[^\\w.@-]", "?");
  }
}
