package org.peerworks.transport.api;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;
import org.peerworks.signaling.api.PeerInfo;
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
   * Service property, an {@code Integer}: of several transports that may lead to a peer, those with
   * a higher one are tried first; 0 where it is not set.
   */
  String PREFERENCE = "transport.preference";

  /**
   * Property in which a peer announces in its room over which transports it accepts others: an
   * object that has, by the name of the transport, its {@link #announcement()}.
   */
  String ANNOUNCED = "transports";

  /**
   * What others have to know before they connect to this side over this transport, as JSON values
   * ({@code String}, {@code Number}, {@code Boolean}, {@code List}, {@code Map}). It is announced
   * in the room for as long as peers are accepted. Empty where there is nothing to know.
   */
  default Map<String, Object> announcement() {
    return Map.of();
  }

  /**
   * Whether a peer that describes itself like this may be reached over this transport. A transport
   * for which that cannot be told before it is tried says yes.
   */
  default boolean leadsTo(PeerInfo peer) {
    return true;
  }

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
