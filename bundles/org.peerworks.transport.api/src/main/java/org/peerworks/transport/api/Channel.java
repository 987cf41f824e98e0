package org.peerworks.transport.api;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A lane to one peer: reliable, message by message, text and binary.
 *
 * <p>Thread-safe. Messages arrive on one thread at a time, never the transport's own.
 */
@ProviderType
public interface Channel extends AutoCloseable {

  String label();

  /** Largest message in bytes that may be sent, 1 KiB or more. */
  int maxMessageSize();

  /**
   * Sends one binary message. Messages leave in the order of the calls.
   *
   * @param message at most {@link #maxMessageSize()} bytes; read from position to limit, may be
   *     reused once the result completes
   * @return completes when the message has left the send buffer, which is the only back-pressure
   *     there is; fails with {@link TransportException} if the channel closes before
   * @throws IllegalArgumentException if the message is too large
   */
  CompletionStage<Void> send(ByteBuffer message);

  /**
   * Sends one text message, in UTF-8 at most {@link #maxMessageSize()} bytes; otherwise as {@link
   * #send(ByteBuffer)}.
   */
  CompletionStage<Void> send(String message);

  /**
   * Sets who receives, once. Messages that came before wait for it, up to a bound; beyond it the
   * channel is closed.
   */
  void receive(ChannelListener listener);

  /** Completes with the reason, in words, when the channel is closed. */
  CompletionStage<String> closed();

  /** Closes. Messages that wait to be sent are dropped. Does not wait. */
  @Override
  void close();
}
