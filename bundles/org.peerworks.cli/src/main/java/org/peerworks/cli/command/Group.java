package org.peerworks.cli.command;

import java.util.List;

/**
 * Commands under one word. They are declared when that word is typed, since each costs time at
 * every start.
 */
interface Group {

  /** The commands, in the order of help. */
  List<Class<? extends Line>> lines();

  /**
   * Whether a command line may name one of them.
   *
   * @param rest what follows the group's word
   */
  default boolean mayBeMeant(List<String> rest) {
    return true;
  }
}
