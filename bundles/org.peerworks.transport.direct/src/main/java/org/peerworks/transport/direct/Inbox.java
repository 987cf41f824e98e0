package org.peerworks.transport.direct;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.peerworks.transport.api.ChannelListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The received messages of one channel, until their receiver has taken them. */
final class Inbox {

  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private record Message(byte[] content, boolean binary) {}

  private final Executor pool;
  private final IntConsumer taken;
  private final Consumer<String> fail;
  private final Runnable emptied;
  private final Queue<Message> waiting = new ArrayDeque<>();
  private boolean delivering;
  private boolean handing;
  private ChannelListener listener;
  private String closed;
  private boolean released;

  /**
   * @param taken told what each message cost that the receiver has taken
   * @param fail closes the channel, for the reason given
   * @param emptied called once, when it is closed and nothing waits any more
   */
  Inbox(Executor pool, IntConsumer taken, Consumer<String> fail, Runnable emptied) {
    this.pool = pool;
    this.taken = taken;
    this.fail = fail;
    this.emptied = emptied;
  }

  /** Takes a message in; never blocks. */
  synchronized void add(byte[] content, boolean binary) {
    if (closed == null) {
      waiting.add(new Message(content, binary));
      deliver();
    }
  }

  synchronized void receive(ChannelListener receiver) {
    if (listener != null) {
      throw new IllegalStateException("This channel has a receiver already.");
    }
    listener = receiver;
    deliver();
  }

  /**
   * After the messages that wait, the receiver is told.
   *
   * @param drop the messages that wait, too
   */
  void close(String reason, boolean drop) {
    synchronized (this) {
      if (drop) {
        waiting.clear();
      }
      if (closed == null) {
        closed = reason;
        deliver();
      }
    }
    releaseIfEmpty();
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
        handing = message != null;
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
        taken.accept(Frames.cost(message.content().length));
        handed();
      }
    }
  }

  private void handed() {
    synchronized (this) {
      handing = false;
    }
    releaseIfEmpty();
  }

  private void end() {
    try {
      listener.onClosed(closed);
    } catch (RuntimeException | Error e) {
      LOG.error("The receiver of a channel failed at its end", e);
    }
  }

  private void releaseIfEmpty() {
    synchronized (this) {
      if (released || closed == null || handing || !waiting.isEmpty()) {
        return;
      }
      released = true;
    }
    emptied.run();
  }

  private void hand(Message message) {
    if (message.binary()) {
      listener.onBinary(ByteBuffer.wrap(message.content()));
    } else {
      listener.onText(new String(message.content(), StandardCharsets.UTF_8));
    }
  }
}
