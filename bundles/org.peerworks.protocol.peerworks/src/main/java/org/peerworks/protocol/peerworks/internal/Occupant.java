package org.peerworks.protocol.peerworks.internal;

/** A connection that has proved who it is, as admission sees it. */
@FunctionalInterface
public interface Occupant {

  /**
   * How long nothing has been asked for and no file has travelled; 0 while a request is open.
   *
   * @param feedsCount whether a connection that follows something is busy
   */
  long idleNanos(long now, boolean feedsCount);
}
