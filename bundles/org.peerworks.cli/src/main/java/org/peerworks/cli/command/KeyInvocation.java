package org.peerworks.cli.command;

import java.util.Optional;

/** Keys of the account, for workers that serve several rooms. */
public sealed interface KeyInvocation extends OwnInvocation {

  /**
   * Makes one.
   *
   * @param save whether it goes to the credentials
   * @param reveal whether it is printed
   */
  record Create(Context context, String name, boolean save, boolean reveal)
      implements KeyInvocation {}

  /**
   * Lists them.
   *
   * @param full whether ids are whole
   */
  record List(Context context, boolean full) implements KeyInvocation {}

  /** Makes one useless. */
  record Revoke(Context context, String id, boolean force) implements KeyInvocation {}

  /**
   * Stores one that was made elsewhere.
   *
   * @param key as typed; {@code -} for standard input, empty for the environment or a question
   */
  record Use(Context context, Optional<String> key) implements KeyInvocation {
    /** Without the key. */
    @Override
    public String toString() {
      return "Use";
    }
  }

  /** Shows the one that is stored. */
  record Show(Context context, boolean reveal) implements KeyInvocation {}
}
