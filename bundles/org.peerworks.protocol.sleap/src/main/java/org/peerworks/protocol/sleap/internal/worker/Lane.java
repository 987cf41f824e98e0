package org.peerworks.protocol.sleap.internal.worker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.peerworks.protocol.sleap.internal.wire.Message;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.TransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one client: counts what has not left yet, keeps alive, and gives up on one that takes
 * nothing. Thread-safe.
 */
final class Lane {

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final byte[] KEEP_ALIVE = Message.KEEP_ALIVE.getBytes(StandardCharsets.US_ASCII);

  /** Text that may wait; more than that is somebody who asks and does not read. */
  private static final long MOST_WAITING = 8 << 20;

  private final Channel channel;
  private final String peer;
  private final AtomicLong waitingText = new AtomicLong();
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile long lastSent = System.nanoTime();
  private volatile long lastProgress = System.nanoTime();
  private final Rate notes = new Rate(2, System.nanoTime());
  private long unnoted;

  Lane(Channel channel, String peer) {
    this.channel = channel;
    this.peer = peer;
  }

  String peer() {
    return peer;
  }

  /**
   * Logs what the client does, as long as it does not do so often that it would fill the log.
   *
   * @param what goes on after the client's name
   */
  synchronized void note(String what) {
    if (!notes.allows(System.nanoTime())) {
      unnoted++;
      return;
    }
    String more = unnoted == 0 ? "" : " (" + unnoted + " other lines were left out)";
    unnoted = 0;
    LOG.info("Peer '{}' {}{}", peer, what, more);
  }

  int maxMessageSize() {
    return channel.maxMessageSize();
  }

  /** Whether a message fits into the channel. */
  boolean fits(Message message) {
    return message.text().getBytes(StandardCharsets.UTF_8).length <= channel.maxMessageSize();
  }

  boolean isClosed() {
    return closing.get();
  }

  /**
   * @return completes when the message has left; fails when the client is gone
   */
  CompletionStage<Void> send(Message message) {
    return send(message.text());
  }

  private CompletionStage<Void> send(String text) {
    int size = text.getBytes(StandardCharsets.UTF_8).length;
    if (closing.get()) {
      return gone();
    }
    if (size > channel.maxMessageSize()) {
      LOG.error(
          "A message of {} bytes does not fit into the channel of peer '{}'; it is left out",
          size,
          peer);
      return CompletableFuture.completedFuture(null);
    }
    if (waitingText.addAndGet(size) > MOST_WAITING) {
      LOG.warn("Closed the channel of peer '{}': it does not read what it asked for", peer);
      close();
      return gone();
    }
    begin();
    return ended(channel.send(text), size);
  }

  /** Sends a piece of a file. */
  CompletionStage<Void> send(ByteBuffer piece) {
    if (closing.get()) {
      return gone();
    }
    begin();
    return ended(channel.send(piece), 0);
  }

  private static CompletionStage<Void> gone() {
    return CompletableFuture.failedFuture(new TransportException("The client is gone."));
  }

  private void begin() {
    long now = System.nanoTime();
    lastSent = now;
    if (waiting.getAndIncrement() == 0) {
      lastProgress = now;
    }
  }

  private CompletionStage<Void> ended(CompletionStage<Void> sent, int text) {
    return sent.whenComplete(
        (done, failure) -> {
          waitingText.addAndGet(-text);
          lastProgress = System.nanoTime();
          waiting.decrementAndGet();
        });
  }

  /** Called about once a second. */
  void tick(WorkerLimits limits) {
    long now = System.nanoTime();
    if (waiting.get() > 0 && now - lastProgress > limits.stall().toNanos()) {
      LOG.info(
          "Closed the channel of peer '{}': it took nothing for {} s",
          peer,
          limits.stall().toSeconds());
      close();
    } else if (now - lastSent > limits.keepAlive().toNanos()) {
      send(ByteBuffer.wrap(KEEP_ALIVE.clone()));
    }
  }

  static boolean isKeepAlive(ByteBuffer message) {
    return message.remaining() == KEEP_ALIVE.length && message.equals(ByteBuffer.wrap(KEEP_ALIVE));
  }

  /** Sends a last message, and closes when it has left, or after two seconds. */
  void closeAfter(Message last) {
    CompletableFuture<Void> sent = send(last).toCompletableFuture().copy();
    closing.set(true);
    sent.orTimeout(2, TimeUnit.SECONDS).whenComplete((done, failure) -> channel.close());
  }

  void close() {
    closing.set(true);
    channel.close();
  }
}
