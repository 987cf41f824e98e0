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
  private final long maxBytes;
  private final Consumer<String> fail;
  private final Queue<Message> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean full;
  private boolean delivering;
  private ChannelListener listener;
  private String closed;

  /**
   * @param maxBytes that may wait
   * @param fail closes the channel, for the reason given
   */
  Inbox(Executor pool, long maxBytes, Consumer<String> fail) {
    this.pool = pool;
    this.maxBytes = maxBytes;
    this.fail = fail;
  }

  /** Takes a message in; any thread, never blocks. */
  void add(byte[] content, boolean binary) {
    Message message = new Message(content, binary);
    synchronized (this) {
      if (full || closed != null) {
        return;
      }
      full = bytes + message.cost() > maxBytes && bytes > 0;
      if (!full) {
        bytes += message.cost();
        waiting.add(message);
        deliver();
        return;
      }
    }
    fail.accept(
        "More than "
            + maxBytes
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
    waiting.clear();
    bytes = 0;
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
      String end = null;
      synchronized (this) {
        message = waiting.peek();
        if (message == null) {
          end = closed;
          // After the last call this stays set: nothing is delivered any more.
          delivering = end != null;
          if (end == null) {
            return;
          }
        }
      }
      try {
        if (message == null) {
          listener.onClosed(end);
          return;
        }
        hand(message);
      } catch (RuntimeException e) {
        LOG.error("The receiver of a channel failed", e);
        if (message == null) {
          return;
        }
        fail.accept("The receiver of this channel failed: " + e);
      }
      synchronized (this) {
        // Counted until the receiver has returned; gone already if it was dropped meanwhile.
        if (waiting.peek() == message) {
          waiting.remove();
          bytes -= message.cost();
        }
      }
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
