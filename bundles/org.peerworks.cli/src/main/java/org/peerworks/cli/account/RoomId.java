package org.peerworks.cli.account;

import org.peerworks.cli.CommandFailure;

/** Ids as people type them, before they become part of an address or a file. */
final class RoomId {

  private RoomId() {}

  /**
   * @throws CommandFailure if no id looks like that
   */
  static String checked(String id) {
    if (id.matches("[A-Za-z0-9_-]{1,64}")) {
      return id;
    }
    throw CommandFailure.usage(
        "'"
            + id
            + "' is no id of a room: letters, digits, _ and - only. 'room list' shows the ids.");
  }
}
