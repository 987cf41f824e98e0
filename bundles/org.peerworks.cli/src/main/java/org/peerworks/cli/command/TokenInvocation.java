package org.peerworks.cli.command;

import java.util.Optional;

/** Tokens that let workers into a room. */
public sealed interface TokenInvocation extends OwnInvocation {

  /** What they are sorted by. */
  enum Sort {
    name,
    created,
    expires,
    room
  }

  /**
   * Makes one.
   *
   * @param days until it expires
   * @param save whether it goes to the credentials
   * @param reveal whether it is printed
   */
  record Create(Context context, String room, String name, int days, boolean save, boolean reveal)
      implements TokenInvocation {}

  /** Lists them, without what is secret. */
  record List(Context context, Optional<String> room, boolean active, Sort sort, boolean reverse)
      implements TokenInvocation {}

  /** Makes one useless; it stays in the list. */
  record Revoke(Context context, String id, boolean force) implements TokenInvocation {}

  /** Takes one out of the list. */
  record Delete(Context context, String id, boolean force) implements TokenInvocation {}

  /** Takes all out of the list that are revoked or expired. */
  record CleanUp(Context context, Optional<String> room, boolean force)
      implements TokenInvocation {}
}
