package org.peerworks.protocol.peerworks.internal;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.peerworks.protocol.peerworks.internal.wire.WireException;

/**
 * Counts the connections of clients: those who have proved who they are, those who have not yet,
 * and of each peer. Thread-safe.
 */
final class Admission {

  private final int most;
  private final int mostOfPeer;
  private final Map<String, Integer> ofPeer = new HashMap<>();
  private final Set<Slot> unproven = new LinkedHashSet<>();
  private int proven;

  /**
   * @param most of the proven ones, and of the others, in all
   * @param mostOfPeer of one peer, proven or not
   */
  Admission(int most, int mostOfPeer) {
    this.most = most;
    this.mostOfPeer = mostOfPeer;
  }

  /**
   * Lets a connection in that proves nothing yet. Drops the oldest other one of these if there are
   * too many.
   *
   * @param drop ends the connection, which then leaves
   * @throws WireException if it may not come in; says why
   */
  Slot enter(String peer, Runnable drop) {
    Slot slot = new Slot(peer, drop);
    Slot oldest = null;
    synchronized (this) {
      requireRoom();
      if (ofPeer.getOrDefault(peer, 0) >= mostOfPeer) {
        throw new WireException(
            "A peer may have %d connections to this worker at once. Close one first."
                .formatted(mostOfPeer));
      }
      if (unproven.size() >= most) {
        Iterator<Slot> first = unproven.iterator();
        oldest = first.next();
        first.remove();
      }
      unproven.add(slot);
      ofPeer.merge(peer, 1, Integer::sum);
    }
    if (oldest != null) {
      oldest.drop.run();
    }
    return slot;
  }

  /** With the lock held. */
  private void requireRoom() {
    if (proven >= most) {
      throw new WireException(
          "This worker serves %d clients at once and has no room for another one. Try again later."
              .formatted(most));
    }
  }

  /** The place of one connection. */
  final class Slot {

    private final String peer;
    private final Runnable drop;
    private boolean counted;
    private boolean left;

    private Slot(String peer, Runnable drop) {
      this.peer = peer;
      this.drop = drop;
    }

    /**
     * The client has proved who it is.
     *
     * @throws WireException if there is no room for it
     */
    void prove() {
      synchronized (Admission.this) {
        requireRoom();
        if (!left && !counted) {
          unproven.remove(this);
          counted = true;
          proven++;
        }
      }
    }

    /** The connection is gone; may be said twice. */
    void leave() {
      synchronized (Admission.this) {
        if (left) {
          return;
        }
        left = true;
        unproven.remove(this);
        if (counted) {
          proven--;
        }
        ofPeer.computeIfPresent(peer, (id, count) -> count == 1 ? null : count - 1);
      }
    }
  }
}
