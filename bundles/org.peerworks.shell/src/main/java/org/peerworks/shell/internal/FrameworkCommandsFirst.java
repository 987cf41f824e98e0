package org.peerworks.shell.internal;

import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.osgi.service.component.annotations.Component;

/**
 * Lets {@code start}, {@code stop} and the like mean the framework's commands, whatever commands of
 * the same name bundles bring along in scopes of their own: {@code job:stop} is no {@code stop}.
 */
@Component
public final class FrameworkCommandsFirst implements CommandSessionListener {

  private static final String SCOPE = "SCOPE";

  @Override
  public void beforeExecute(CommandSession session, CharSequence command) {
    // As Gogo's own profile sets it; who chooses another order keeps it.
    if ("gogo:*".equals(session.get(SCOPE))) {
      session.put(SCOPE, "gogo:felix:*");
    }
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence command, Exception failure) {
    // nothing to do
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence command, Object result) {
    // nothing to do
  }
}
