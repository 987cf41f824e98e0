package org.peerworks.cli.command;

import java.util.Optional;
import org.peerworks.lib.account.Places;

/** A command about the user's own account and files. It needs no peer, so it needs no framework. */
public sealed interface OwnInvocation extends Invocation
    permits AccountInvocation,
        ConfigInvocation,
        CredentialsInvocation,
        KeyInvocation,
        RoomInvocation,
        ServiceInvocation,
        ShellInvocation,
        SignalUserInvocation,
        TokenInvocation {

  /** What every one of them is told. */
  Context context();

  @Override
  default boolean json() {
    return context().json();
  }

  /**
   * Where a command stands.
   *
   * @param places of the user's files
   * @param server whom it calls; empty if it calls nobody
   * @param interactive whether a question may be asked
   */
  record Context(Places places, Optional<Server> server, boolean interactive, boolean json) {}
}
