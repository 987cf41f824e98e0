package org.peerworks.protocol.peerworks.internal;

import java.time.Duration;

/**
 * Whose connections a worker keeps.
 *
 * @param most clients at once that have proved who they are
 * @param ofPeer most connections of one peer, proven or not
 * @param ofCaller most connections of one identity
 * @param idle how long a connection may do nothing and still keep its place when others want in
 */
public record ClientLimits(int most, int ofPeer, int ofCaller, Duration idle) {

  /** Fewer clients than a transport takes peers, so that more may prove who they are. */
  public static final ClientLimits DEFAULT = new ClientLimits(48, 4, 16, Duration.ofSeconds(60));

  /** Most connections that have not proved anything yet. */
  int mostUnproven() {
    return Math.max(4, most / 3);
  }
}
