package org.peerworks.transport.api;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** A connected remote party. Thread-safe. */
@ProviderType
public interface Peer extends AutoCloseable {

  /**
   * As the room lists it. Not proven: a protocol proves identities, bound to {@link #binding()}.
   */
  String id();

  /**
   * Where it was met, as one word: transport, signalling server, room and id. Two peers that only
   * happen to have the same id, in other rooms or at other servers, have different places. Not
   * proven.
   */
  String place();

  /** Name of the transport. */
  String transport();

  Instant connectedAt();

  ChannelBinding binding();

  /** Traffic so far, over all channels. */
  Traffic traffic();

  /**
   * Opens a channel.
   *
   * @param label at most 64 characters
   * @return completes when it is open; fails with {@link TransportException}
   */
  CompletionStage<Channel> open(String label, ChannelOptions options);

  /**
   * Receives the channels that the other side opens. Those that were opened before this call are
   * delivered first; at most 16 wait, more are closed.
   *
   * @param opened called on a thread of ours; the channel delivers nothing before {@link
   *     Channel#receive}
   */
  void onChannel(Consumer<Channel> opened);

  /**
   * Completes when this connection has done most of what one can do: it goes on for a while, but
   * should be replaced by a new one soon. Never completes where connections do not wear out.
   */
  default CompletionStage<Void> worn() {
    return new CompletableFuture<>();
  }

  /** Completes with the reason, in words, when the connection is gone. */
  CompletionStage<String> closed();

  /** Closes the channels and the connection. Does not wait. */
  @Override
  void close();
}
