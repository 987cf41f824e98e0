package org.peerworks.signaling.api;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** The way into rooms. */
@ProviderType
public interface Signaling {

  /**
   * Enters a room. Fails with {@link SignalingException} if the server cannot be reached or
   * refuses; where {@link JoinRequest#keep()} is set and the server cannot be reached, it goes on
   * trying with growing pauses until the stage is cancelled.
   */
  CompletionStage<Room> join(JoinRequest request);
}
