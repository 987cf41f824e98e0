package org.peerworks.shell.api;

import java.io.InputStream;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs commands for users with roles. What they may do is in files of rules; what changes something
 * is in the audit log before it is done, and what was refused as well. Thread-safe.
 */
@ProviderType
public interface Shell {

  /**
   * Opens a session.
   *
   * @param in what commands read that read
   * @param out where results go, as UTF-8; flushed after each command
   * @param err where errors go
   */
  ShellSession open(ShellUser user, InputStream in, OutputStream out, OutputStream err);
}
