package org.peerworks.transport.direct;

import java.util.function.Consumer;

/**
 * What a peer may come in with, once. Its ticket went through the room and, in clear, over the
 * network, so others may try too: as many as {@link #MOST} in all, and none of them gets further
 * than TLS.
 */
final class Invitation {

  /** A machine may be reached under several of its addresses at once. */
  private static final int MOST = 2 * Addresses.MOST;

  private static final int MOST_AT_ONCE = 4;

  private final String peer;
  private final Fingerprint fingerprint;
  private final Consumer<Link> entered;
  private int tries;
  private int trying;
  private boolean used;

  /**
   * @param peer who is invited, by its id in the room
   * @param fingerprint that it must present
   * @param entered called when it has come in
   */
  Invitation(String peer, Fingerprint fingerprint, Consumer<Link> entered) {
    this.peer = peer;
    this.fingerprint = fingerprint;
    this.entered = entered;
  }

  String peer() {
    return peer;
  }

  Fingerprint fingerprint() {
    return fingerprint;
  }

  /** Answers whether somebody may try to come in; {@link #tried} must follow. */
  synchronized boolean mayTry() {
    if (used || tries >= MOST || trying >= MOST_AT_ONCE) {
      return false;
    }
    tries++;
    trying++;
    return true;
  }

  synchronized void tried() {
    trying--;
  }

  /** Who was proved to be invited comes in, the first time only. */
  synchronized boolean use() {
    boolean first = !used;
    used = true;
    return first;
  }

  void enter(Link link) {
    entered.accept(link);
  }
}
