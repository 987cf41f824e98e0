package org.peerworks.signaling.api;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Selects peers of a room (sleap-rtc wire format, filters of {@code discover_peers}).
 *
 * @param role only these; {@link Role#PEER} for all
 * @param anyTag peers with one of these tags; empty for all. Servers of the first programs forget
 *     the tags of a peer that changes its properties, so workers there are better not selected by
 *     tags
 * @param properties what properties a peer must have, and of what value
 */
public record PeerQuery(Role role, Set<String> anyTag, Map<String, Condition> properties) {

  public PeerQuery {
    anyTag = Set.copyOf(anyTag);
    properties = Map.copyOf(properties);
  }

  /**
   * All peers of a role.
   *
   * @param role {@link Role#PEER} for all
   */
  public static PeerQuery of(Role role) {
    return new PeerQuery(role, Set.of(), Map.of());
  }

  /** What a property must be. */
  public sealed interface Condition {

    /** Whether a property of this value, as {@link PeerInfo#properties()} has it, is one. */
    boolean holds(Object value);

    /**
     * @param value JSON value as in {@link PeerInfo#properties()}; numbers of the same size are
     *     equal
     */
    record Equal(Object value) implements Condition {
      @Override
      public boolean holds(Object actual) {
        return value instanceof Number wanted && actual instanceof Number number
            ? wanted.doubleValue() == number.doubleValue()
            : value.equals(actual);
      }
    }

    /** At least so much. */
    record AtLeast(double least) implements Condition {
      @Override
      public boolean holds(Object actual) {
        return actual instanceof Number number && number.doubleValue() >= least;
      }
    }

    /** At most so much. */
    record AtMost(double most) implements Condition {
      @Override
      public boolean holds(Object actual) {
        return actual instanceof Number number && number.doubleValue() <= most;
      }
    }
  }

  /** Whether the peer is one of those. */
  public boolean selects(PeerInfo peer) {
    return (role == Role.PEER || peer.role() == role)
        && (anyTag.isEmpty() || peer.tags().stream().anyMatch(anyTag::contains))
        && properties.entrySet().stream()
            .allMatch(
                wanted -> {
                  Object actual = peer.properties().get(wanted.getKey());
                  return actual != null && wanted.getValue().holds(actual);
                });
  }

  /** Those of the peers, in their order. */
  public List<PeerInfo> select(List<PeerInfo> peers) {
    return peers.stream().filter(this::selects).toList();
  }
}
