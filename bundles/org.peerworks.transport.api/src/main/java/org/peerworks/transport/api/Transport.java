package org.peerworks.transport.api;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;
import org.peerworks.signaling.api.Room;

/**
 * Connects to peers of a room, and accepts them. A service with the property {@link #NAME}.
 *
 * <p>Thread-safe. Stages fail with {@link TransportException}.
 */
@ProviderType
public interface Transport {

  /** Service property: for example {@code webrtc}. */
  String NAME = "transport.name";

  /**
   * Connects to a peer of a room. Gives up by itself after a configured time.
   *
   * @param peerId as the room lists it
   */
  CompletionStage<Peer> connect(Room room, String peerId);

  /**
   * Accepts peers of a room until the result is closed. Peers that were accepted stay.
   *
   * @param accepted called on a thread of the transport's executor for each peer that has
   *     connected, before any of its channels is delivered; must set {@link Peer#onChannel}
   */
  AutoCloseable accept(Room room, Consumer<Peer> accepted);
}
