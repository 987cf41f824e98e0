package org.peerworks.protocol.api;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import org.peerworks.transport.api.Peer;

/** Leads back to a worker after the connection to it was lost. */
@ConsumerType
@FunctionalInterface
public interface Reconnector {

  /**
   * Connects once more to the worker, and closes the connection of before. Called by one thread at
   * a time, and again after a failure, with growing pauses.
   *
   * @return fails with {@code TransportException} where a later try may go well, with any other
   *     exception where none will; its message says why. Cancelled when the worker is not wanted
   *     any more
   */
  CompletionStage<Peer> reconnect();
}
