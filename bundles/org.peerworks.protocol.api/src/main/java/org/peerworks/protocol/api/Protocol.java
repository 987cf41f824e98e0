package org.peerworks.protocol.api;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;

/** Turns the messages of a channel into calls on jobs and files, and back. */
@ProviderType
public interface Protocol {

  /** Service property: for example {@code peerworks}. */
  String NAME = "protocol.name";

  /**
   * What a worker that speaks this protocol announces in its room: the value of a property of this
   * name.
   */
  Object announcement();

  /** Whether a channel that a client opened under this label speaks this protocol. */
  boolean accepts(String label);

  /**
   * Serves a client on a channel that it opened, until the channel closes. Returns at once.
   *
   * @param peer the channel's connection
   */
  void serve(Peer peer, Channel channel);

  /** Whether a worker that describes itself like this speaks this protocol. */
  boolean speaks(PeerInfo worker);

  /**
   * Opens what the protocol needs on a connection to a worker, and proves who we are.
   *
   * @return completes when the worker takes calls; fails with {@code TransportException}
   */
  CompletionStage<RemoteWorker> connect(Peer worker);

  /**
   * As {@link #connect(Peer)}, to a worker of which something is known. A protocol that needs
   * nothing of that ignores it.
   */
  default CompletionStage<RemoteWorker> connect(Peer worker, Introduction introduction) {
    return connect(worker);
  }

  /**
   * As {@link #connect(Peer, Introduction)}, to a worker whose connection is to be rebuilt when it
   * is lost. A protocol that cannot go on over another connection ignores the way back.
   *
   * @param way back to the same worker
   */
  default CompletionStage<RemoteWorker> connect(
      Peer worker, Introduction introduction, Reconnector way) {
    return connect(worker, introduction);
  }
}
