package org.peerworks.transport.webrtc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.peerworks.transport.api.ChannelListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The received messages of one channel, until their receiver has taken them. */
final class Inbox {

  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  /** What a message costs beside its content. */
  private static final int OVERHEAD = 64;

  private record Message(byte[] content, boolean binary) {
    long cost() {
      return content.length + (long) OVERHEAD;
    }
  }

  private final Executor pool;
  private final ReceiveBudget budget;
  private final Consumer<String> overflow;
  private final Consumer<String> fail;
  private final Queue<Message> waiting = new ArrayDeque<>();
  private boolean delivering;
  private ChannelListener listener;
  private String closed;

  /**
   * @param budget of the connection
   * @param overflow closes the channel and drops what waits, for the reason given
   * @param fail closes the channel, for the reason given
   */
  Inbox(Executor pool, ReceiveBudget budget, Consumer<String> overflow, Consumer<String> fail) {
    this.pool = pool;
    this.budget = budget;
    this.overflow = overflow;
    this.fail = fail;
  }

  /** Takes a message in; any thread, never blocks. */
  void add(byte[] content, boolean binary) {
    Message message = new Message(content, binary);
    synchronized (this) {
      if (closed != null) {
        return;
      }
      if (budget.take(message.cost())) {
        waiting.add(message);
        deliver();
        return;
      }
    }
    overflow.accept(
        "More than "
            + budget.maxBytes()
            + " bytes waited to be received; the other side sent faster than this one could take.");
  }

  synchronized void receive(ChannelListener receiver) {
    if (listener != null) {
      throw new IllegalStateException("This channel has a receiver already.");
    }
    listener = receiver;
    deliver();
  }

  /** After the messages that wait, the receiver is told. */
  synchronized void close(String reason) {
    if (closed == null) {
      closed = reason;
      deliver();
    }
  }

  /** As {@link #close}, but the messages that wait are dropped. */
  synchronized void drop(String reason) {
    waiting.forEach(message -> budget.give(message.cost()));
    waiting.clear();
    close(reason);
  }

  /** With the lock held. */
  private void deliver() {
    if (listener != null && !delivering && (!waiting.isEmpty() || closed != null)) {
      delivering = true;
      pool.execute(this::run);
    }
  }

  private void run() {
    while (true) {
      Message message;
      synchronized (this) {
        message = waiting.poll();
        if (message == null && closed == null) {
          delivering = false;
          return;
        }
      }
      if (message == null) {
        // The last call; 'delivering' stays set, so that nothing is delivered any more.
        end();
        return;
      }
      try {
        hand(message);
      } catch (RuntimeException | Error e) {
        LOG.error("The receiver of a channel failed", e);
        fail.accept("The receiver of this channel failed: " + e);
      } finally {
        // Counted until the receiver has returned.
        budget.give(message.cost());
      }
    }
  }

  private void end() {
    try {
      listener.onClosed(closed);
    } catch (RuntimeException | Error e) {
      LOG.error("The receiver of a channel failed at its end", e);
    }
  }

  private void hand(Message message) {
    if (message.binary()) {
      listener.onBinary(ByteBuffer.wrap(message.content()));
    } else {
      listener.onText(new String(message.content(), StandardCharsets.UTF_8));
    }
  }
}
