package org.peerworks.signaling.api;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A room that this peer is in.
 *
 * <p>Thread-safe. Stages fail with {@link SignalingException}.
 */
@ProviderType
public interface Room extends AutoCloseable {

  /**
   * How a client gets here; its peer is this one. Its token is empty where this peer came in with a
   * login or a key: then a client needs one of its own.
   */
  SessionString session();

  ServerAddress server();

  /**
   * Lets an anonymous peer take its id again; a secret. Store it with mode 0600. Empty for a peer
   * that came in with a login or a key, which does that by itself.
   */
  String credential();

  /** Whether the server can be reached now. */
  boolean connected();

  /** As the server recommends at the latest registration. */
  List<IceServer> iceServers();

  /**
   * The peers that are here now, without this one.
   *
   * @param role only these; {@link Role#PEER} for all
   */
  CompletionStage<List<PeerInfo>> discover(Role role);

  /** The peers that are here now and are selected, without this one. */
  default CompletionStage<List<PeerInfo>> discover(PeerQuery query) {
    return discover(query.role()).thenApply(query::select);
  }

  /** Merges properties into those that the others see; {@code null} is not a value. */
  CompletionStage<Void> updateProperties(Map<String, Object> properties);

  /**
   * Completes when the signal is on its way. The server does not say whether it arrived; a receiver
   * that is not there shows as a {@link SignalingException} only where the server reports it.
   */
  CompletionStage<Void> send(Signal signal);

  /**
   * Delivers signals from now on, one at a time, on a thread of ours. Several listeners get the
   * same.
   *
   * @return stops the delivery
   */
  AutoCloseable listen(Consumer<Signal> listener);

  /**
   * Delivers what the server itself asks of this peer for people who cannot connect to it (relay of
   * the sleap-rtc wire format): the messages {@code job_assigned}, {@code job_cancel} and {@code
   * fs_list_req}. No other peer can send these; who asks is as true as the server is. Delivered as
   * {@link #listen} does.
   *
   * @param listener takes the JSON text of one object
   * @return stops the delivery
   */
  default AutoCloseable listenToServer(Consumer<String> listener) {
    return () -> {};
  }

  /**
   * Tells the server what it asked, or news of it; it passes them on to who may know.
   *
   * @param json the text of one object with a {@code type}, at most 64 KiB
   * @return completes when it is on its way
   * @throws IllegalArgumentException if it is no JSON object
   */
  default CompletionStage<Void> answerServer(String json) {
    return CompletableFuture.failedFuture(
        new SignalingException("This room's server passes nothing on.", null));
  }

  /**
   * Whether the server tells this peer which keys may use the room's workers: if it came in with a
   * worker token or an account key.
   */
  default boolean knowsAuthorizedKeys() {
    return false;
  }

  /**
   * Asks the server for the Ed25519 public keys of those who may use the room's workers.
   *
   * @return raw keys of 32 bytes
   */
  default CompletionStage<List<byte[]>> authorizedKeys() {
    return CompletableFuture.failedFuture(
        new SignalingException(
            SignalingException.Code.ACCESS_DENIED,
            "Only a peer with a worker token or an account key is told the room's keys.",
            null));
  }

  /** Completes with the reason when this peer has left for good. */
  CompletionStage<String> closed();

  /** Leaves. Returns within a second. */
  @Override
  void close();
}
