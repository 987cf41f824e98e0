package org.peerworks.cli.command;

import java.util.Optional;
import java.util.OptionalInt;

/** Rooms of the account. */
public sealed interface RoomInvocation extends OwnInvocation {

  /** Which rooms. */
  enum Filter {
    all,
    owned,
    member
  }

  /** What they are sorted by. */
  enum Sort {
    name,
    created,
    expires,
    role
  }

  /**
   * Lists rooms.
   *
   * @param search part of a name or id
   */
  record List(Context context, Filter filter, Sort sort, boolean reverse, Optional<String> search)
      implements RoomInvocation {}

  /**
   * Makes one.
   *
   * @param days until it expires; never if empty
   * @param reveal whether its token is printed
   */
  record Create(Context context, Optional<String> name, OptionalInt days, boolean reveal)
      implements RoomInvocation {}

  /** Shows one, its members and its workers. */
  record Info(Context context, String id) implements RoomInvocation {}

  /** Deletes one. */
  record Delete(Context context, String id, boolean force) implements RoomInvocation {}

  /** Makes a code that lets others in. */
  record Invite(Context context, String id) implements RoomInvocation {}

  /**
   * Becomes a member.
   *
   * @param code of an invitation; asked for if empty
   */
  record Join(Context context, Optional<String> code) implements RoomInvocation {}

  /** Remembers the room that counts where none is named. */
  record SetDefault(Context context, String id) implements RoomInvocation {}

  /**
   * Makes a secret that workers ask for.
   *
   * @param save whether it goes to the credentials
   * @param force whether one that is there may be replaced
   */
  record CreateSecret(Context context, String id, boolean save, boolean reveal, boolean force)
      implements RoomInvocation {}
}
