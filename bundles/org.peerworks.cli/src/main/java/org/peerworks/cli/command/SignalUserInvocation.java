package org.peerworks.cli.command;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the administrator of a signalling server does about its accounts, on the machine where it
 * runs.
 *
 * @param data directory of the server
 * @param name of the account; empty to list them
 * @param force whether nothing is asked before something is lost
 */
public record SignalUserInvocation(
    Context context, Path data, Verb verb, Optional<String> name, boolean force)
    implements OwnInvocation {

  /** What is done. */
  public enum Verb {
    add,
    list,
    password,
    remove
  }
}
