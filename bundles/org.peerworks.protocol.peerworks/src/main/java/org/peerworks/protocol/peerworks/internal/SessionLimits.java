package org.peerworks.protocol.peerworks.internal;

/**
 * What one connection may have open.
 *
 * @param openRequests most requests that wait for their reply
 * @param feeds most events and logs that are followed
 * @param credit most events or chunks of a feed that may be asked for in advance
 * @param transfers most files that travel at once, in each direction
 * @param inputs most inputs of one job
 */
public record SessionLimits(int openRequests, int feeds, int credit, int transfers, int inputs) {

  public static final SessionLimits DEFAULT = new SessionLimits(64, 64, 1000, 4, 1000);
}
