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
 * @param clients whose connections are kept
 * @param session what one connection may have open
 * @param hashFirst files of at most so many bytes are hashed before they are offered to a worker;
 *     larger ones are hashed while they are sent
 * @param window bytes of a file that may be under way to us, per transfer
 * @param reconnect how a worker is looked for that was lost
 */
public record Settings(
    String program,
    String name,
    Set<String> operators,
    LinkLimits link,
    UploadLimits uploads,
    ClientLimits clients,
    SessionLimits session,
    long hashFirst,
    int window,
    ReconnectLimits reconnect) {

  public static final long HASH_FIRST = 16 << 20;

  /** Smallest window: a frame and some. */
  public static final int LEAST_WINDOW = 512 << 10;

  public Settings {
    operators = Set.copyOf(operators);
  }
}
