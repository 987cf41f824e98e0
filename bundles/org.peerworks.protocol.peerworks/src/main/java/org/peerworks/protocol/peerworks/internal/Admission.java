package org.peerworks.protocol.peerworks.internal;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.peerworks.protocol.peerworks.internal.wire.WireException;

/**
 * Decides whose connections a worker keeps when more want in than it serves. Anybody can make a key
 * and prove it, so a proof alone holds no place for long: strangers give way to callers who own
 * jobs here, and whoever does nothing gives way to all. Thread-safe.
 */
final class Admission {

  private final ClientLimits limits;
  private final Map<String, Integer> ofPeer = new HashMap<>();
  private final Set<Slot> unproven = new LinkedHashSet<>();
  private final Set<Slot> proven = new LinkedHashSet<>();

  Admission(ClientLimits limits) {
    this.limits = limits;
  }

  /**
   * Lets a connection in that proves nothing yet. Drops the oldest other one of these if there are
   * too many.
   *
   * @param drop ends the connection with a reason; it then leaves
   * @throws WireException if it may not come in; says why
   */
  Slot enter(String peer, Consumer<String> drop) {
    Slot slot = new Slot(peer, drop);
    Slot oldest = null;
    synchronized (this) {
      if (ofPeer.getOrDefault(peer, 0) >= limits.ofPeer()) {
        throw new WireException(
            "A peer may have %d connections to this worker at once. Close one first."
                .formatted(limits.ofPeer()));
      }
      if (unproven.size() >= limits.mostUnproven()) {
        Iterator<Slot> first = unproven.iterator();
        oldest = first.next();
        first.remove();
      }
      unproven.add(slot);
      ofPeer.merge(peer, 1, Integer::sum);
    }
    if (oldest != null) {
      oldest.drop.accept("Others wait too. Connect and prove who you are at once.");
    }
    return slot;
  }

  /** Who gives way to a caller that has too many connections itself. With the lock held. */
  private Slot ownThatGives(String caller) {
    return idlest(slot -> slot.caller.equals(caller), limits.idle().toNanos())
        .orElseThrow(
            () ->
                new WireException(
                    "You have %d connections to this worker, and each is busy. Close one first."
                        .formatted(limits.ofCaller())));
  }

  /** Who gives way to another caller. With the lock held. */
  private Slot otherThatGives(boolean toKnown) {
    long idle = limits.idle().toNanos();
    return idlest(slot -> !slot.known, idle)
        .or(() -> idlest(slot -> slot.known, idle))
        .or(() -> toKnown ? idlest(slot -> !slot.known, 0) : Optional.empty())
        .orElseThrow(
            () ->
                new WireException(
                    "This worker serves %d clients at once, and each is busy. Try again later."
                        .formatted(limits.most())));
  }

  private Optional<Slot> idlest(Predicate<Slot> among, long leastNanos) {
    long now = System.nanoTime();
    return proven.stream()
        .filter(among)
        .filter(slot -> slot.idleNanos(now) >= leastNanos)
        .max(Comparator.comparingLong(slot -> slot.idleNanos(now)));
  }

  /** The place of one connection. */
  final class Slot {

    private final String peer;
    private final Consumer<String> drop;
    private String caller = "";
    private String instance = "";
    private boolean known;
    private Occupant occupant;
    private boolean left;

    private Slot(String peer, Consumer<String> drop) {
      this.peer = peer;
      this.drop = drop;
    }

    private long idleNanos(long now) {
      return occupant.idleNanos(now, known);
    }

    /**
     * The client has proved who it is. Its connection of before ends; another one may have to give
     * way.
     *
     * @param program the name that the client's program goes by, for as long as it runs; empty if
     *     it has none
     * @param owner whether the caller owns jobs here, or is an operator
     * @throws WireException if there is no room for it
     */
    void prove(String callerId, String program, boolean owner, Occupant session) {
      ofBefore(callerId, program).forEach(slot -> slot.drop.accept("You have connected anew."));
      Slot gives = null;
      synchronized (Admission.this) {
        if (left || occupant != null) {
          return;
        }
        long own = proven.stream().filter(slot -> slot.caller.equals(callerId)).count();
        if (own >= limits.ofCaller()) {
          gives = ownThatGives(callerId);
        } else if (proven.size() >= limits.most()) {
          gives = otherThatGives(owner);
        }
        proven.remove(gives);
        unproven.remove(this);
        caller = callerId;
        instance = program;
        known = owner;
        occupant = session;
        proven.add(this);
      }
      if (gives != null) {
        gives.drop.accept(
            "This worker is full, and others have more to do. Connect again when you have.");
      }
    }

    private List<Slot> ofBefore(String callerId, String program) {
      synchronized (Admission.this) {
        if (left || program.isEmpty()) {
          return List.of();
        }
        List<Slot> before =
            proven.stream()
                .filter(slot -> slot.caller.equals(callerId) && slot.instance.equals(program))
                .toList();
        before.forEach(proven::remove);
        return before;
      }
    }

    /** The caller owns a job here from now on. */
    void becomeKnown() {
      synchronized (Admission.this) {
        known = true;
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
        proven.remove(this);
        ofPeer.computeIfPresent(peer, (id, count) -> count == 1 ? null : count - 1);
      }
    }
  }
}
