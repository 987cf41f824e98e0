package org.peerworks.signaling.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who owns which peer id of a room: the first signed-in name that used it. Outlasts the connection,
 * so that nobody takes a worker's id while that worker is away. Not thread-safe.
 */
final class Claims {

  private static final int MAX = 1024;

  /** Oldest first. */
  private final Map<String, Claim> byPeer = new LinkedHashMap<>();

  /**
   * @param worker whether the peer said that it is a worker; such a claim is never given up for new
   *     ones
   */
  record Claim(String subject, boolean worker) {}

  Optional<String> owner(String peerId) {
    return Optional.ofNullable(byPeer.get(peerId)).map(Claim::subject);
  }

  /**
   * @param dispensable whether an id may be forgotten to make room
   * @return whether anything has changed
   */
  boolean put(String peerId, Claim claim, Predicate<String> dispensable) throws Refusal {
    Claim known = byPeer.get(peerId);
    if (known != null && (known.worker() || !claim.worker())) {
      return false;
    }
    if (known == null && byPeer.size() >= MAX) {
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

  private void forgetOne(Predicate<String> dispensable) throws Refusal {
    String victim =
        byPeer.entrySet().stream()
            .filter(entry -> !entry.getValue().worker() && dispensable.test(entry.getKey()))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(
                        "The room knows too many workers. Make a new room, or delete some."));
    byPeer.remove(victim);
  }
}
