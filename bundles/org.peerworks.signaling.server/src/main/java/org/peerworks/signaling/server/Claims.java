package org.peerworks.signaling.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.peerworks.signaling.server.basic.Refusal;

/**
 * Who owns which peer id of a room: the first signed-in name that used it. Outlasts the connection,
 * so that nobody takes a worker's id while that worker is away. Not thread-safe.
 */
final class Claims {

  /** A name with so many gives up ids that are away when the room is full. */
  private static final int MANY = 8;

  /** Oldest first. */
  private final Map<String, Claim> byPeer = new LinkedHashMap<>();

  /**
   * @param worker whether the peer said that it is a worker; such a claim is given up for new ones
   *     only if its subject has many
   */
  record Claim(String subject, boolean worker) {}

  Optional<String> owner(String peerId) {
    return Optional.ofNullable(byPeer.get(peerId)).map(Claim::subject);
  }

  /**
   * @param limits of ids in all, and of one name
   * @param dispensable whether an id may be forgotten to make room
   * @return whether anything has changed
   */
  boolean put(String peerId, Claim claim, Limits limits, Predicate<String> dispensable)
      throws Refusal {
    Claim known = byPeer.get(peerId);
    if (known != null && (known.worker() || !claim.worker())) {
      return false;
    }
    if (known == null && count(claim.subject()) >= limits.idsPerName()) {
      forgetOneOf(claim.subject(), dispensable);
    } else if (known == null && byPeer.size() >= limits.idsPerRoom()) {
      forgetOne(dispensable);
    }
    byPeer.put(peerId, claim);
    return true;
  }

  void remove(String peerId) {
    byPeer.remove(peerId);
  }

  Map<String, Claim> all() {
    return byPeer;
  }

  private long count(String subject) {
    return byPeer.values().stream().filter(claim -> claim.subject().equals(subject)).count();
  }

  private void forgetOneOf(String subject, Predicate<String> dispensable) throws Refusal {
    byPeer.remove(
        oldest(claim -> claim.subject().equals(subject), dispensable)
            .orElseThrow(
                () ->
                    new Refusal(
                        "You have too many peer ids in this room. Use some of them again, or disconnect some.")));
  }

  private void forgetOne(Predicate<String> dispensable) throws Refusal {
    byPeer.remove(
        oldest(claim -> !claim.worker(), dispensable)
            .or(() -> oldest(claim -> count(claim.subject()) >= MANY, dispensable))
            .orElseThrow(
                () ->
                    new Refusal(
                        "The room knows too many workers. Make a new room, or delete some.")));
  }

  private Optional<String> oldest(Predicate<Claim> which, Predicate<String> dispensable) {
    return byPeer.entrySet().stream()
        .filter(entry -> which.test(entry.getValue()) && dispensable.test(entry.getKey()))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
