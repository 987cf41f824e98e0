package org.peerworks.protocol.peerworks.internal;

import java.util.Set;
import org.peerworks.protocol.peerworks.internal.transfer.UploadLimits;
import org.peerworks.protocol.peerworks.internal.wire.LinkLimits;

/**
 * How this side works.
 *
 * @param program name and version of our program, for people
 * @param name who we are, for people
 * @param operators identities that may steer the jobs of others
 * @param link limits of each connection
 * @param uploads limits of uploads
 * @param connections most clients at once
 * @param window bytes of a file that may be under way to us, per transfer
 */
public record Settings(
    String program,
    String name,
    Set<String> operators,
    LinkLimits link,
    UploadLimits uploads,
    int connections,
    int window) {

  /** Most connections of one peer at once. */
  public static final int PEER_CONNECTIONS = 8;

  /** Most requests of a connection that wait for their reply. */
  public static final int OPEN_REQUESTS = 64;

  /** Most events and logs that a connection follows. */
  public static final int SUBSCRIPTIONS = 64;

  /** Most files that travel at once, in each direction. */
  public static final int TRANSFERS = 4;

  /** Smallest window: a frame and some. */
  public static final int LEAST_WINDOW = 512 << 10;

  public Settings {
    operators = Set.copyOf(operators);
  }
}
