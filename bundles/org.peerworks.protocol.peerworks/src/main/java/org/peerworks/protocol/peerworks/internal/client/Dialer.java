package org.peerworks.protocol.peerworks.internal.client;

import java.util.concurrent.CompletionStage;
import org.peerworks.transport.api.Peer;

/** Opens a channel on a connection to a worker, and has both sides prove who they are. */
@FunctionalInterface
public interface Dialer {

  /**
   * @return fails with {@code TransportException}
   */
  CompletionStage<ClientSession> dial(Peer peer);
}
