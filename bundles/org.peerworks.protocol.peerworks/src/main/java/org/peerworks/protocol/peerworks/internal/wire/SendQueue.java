package org.peerworks.protocol.peerworks.internal.wire;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.peerworks.transport.api.Channel;

/** Hands messages to a channel and counts what has not left yet. Thread-safe. */
final class SendQueue {

  private final Channel channel;
  private final int mostText;
  private final Consumer<String> overflow;
  private final AtomicLong waitingText = new AtomicLong();
  private final AtomicLong waitingMessages = new AtomicLong();
  private volatile long lastSent = System.nanoTime();
  private volatile long lastProgress = lastSent;

  /**
   * @param overflow told why when the peer lets too much text wait
   */
  SendQueue(Channel channel, int mostText, Consumer<String> overflow) {
    this.channel = channel;
    this.mostText = mostText;
    this.overflow = overflow;
  }

  CompletableFuture<Void> send(String text) {
    CompletionStage<Void> last = null;
    synchronized (this) {
      for (String part : Parts.split(text, channel.maxMessageSize())) {
        begin(part.length());
        last = channel.send(part);
        last.whenComplete((done, failure) -> end(part.length()));
      }
    }
    if (waitingText.get() > mostText) {
      overflow.accept(
          "The peer does not read what it asked for: more than %d bytes wait.".formatted(mostText));
    }
    return last.toCompletableFuture().copy();
  }

  CompletionStage<Void> send(ByteBuffer frame) {
    begin(0);
    CompletionStage<Void> sent = channel.send(frame);
    sent.whenComplete((done, failure) -> end(0));
    return sent;
  }

  private void begin(int text) {
    waitingText.addAndGet(text);
    lastSent = System.nanoTime();
    if (waitingMessages.getAndIncrement() == 0) {
      lastProgress = lastSent;
    }
  }

  private void end(int text) {
    waitingText.addAndGet(-text);
    lastProgress = System.nanoTime();
    waitingMessages.decrementAndGet();
  }

  long waitingText() {
    return waitingText.get();
  }

  long lastSent() {
    return lastSent;
  }

  /** How long nothing has left although something waits. */
  long stalledNanos(long now) {
    return waitingMessages.get() == 0 ? 0 : now - lastProgress;
  }
}
