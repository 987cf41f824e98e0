package org.peerworks.protocol.peerworks.internal.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerworks.protocol.peerworks.internal.wire.Link;
import org.peerworks.protocol.peerworks.internal.wire.Serial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends files over a link, frame by frame in turn. Only a bounded number of bytes waits in the
 * channel, so that other messages do not wait long behind them.
 */
public final class Pump {

  private static final Logger LOG = LoggerFactory.getLogger(Pump.class);

  /** Frames larger than this gain nothing. */
  private static final int LARGEST_FRAME = 256 << 10;

  private final Link link;
  private final Serial serial;
  private final int frameSize;
  private final Map<Integer, Outgoing> transfers = new ConcurrentHashMap<>();
  private final Deque<Outgoing> turns = new ArrayDeque<>();
  private final ConcurrentLinkedQueue<Outgoing> added = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<ByteBuffer> spare = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile boolean closed;

  public Pump(Link link, Executor pool) {
    Link.requireSize(link.maxMessageSize());
    this.link = link;
    this.serial = new Serial(pool);
    this.frameSize = Math.min(LARGEST_FRAME, link.maxMessageSize());
  }

  public void add(Outgoing transfer) {
    transfers.put(transfer.id(), transfer);
    added.add(transfer);
    wake();
  }

  /**
   * Takes credit from the peer.
   *
   * @param acknowledged offset before which the peer has written all bytes
   * @param upTo offset before which bytes may be sent
   * @return whether there is such a transfer
   */
  public boolean grant(int transfer, long acknowledged, long upTo) {
    Outgoing outgoing = transfers.get(transfer);
    if (outgoing == null) {
      return false;
    }
    outgoing.requirePlausible(acknowledged);
    outgoing.grant(upTo);
    wake();
    return true;
  }

  /**
   * Stops a transfer and closes its source.
   *
   * @return whether there was such a transfer
   */
  public boolean stop(int transfer) {
    Outgoing outgoing = transfers.remove(transfer);
    if (outgoing == null) {
      return false;
    }
    outgoing.stop();
    wake();
    return true;
  }

  public int size() {
    return transfers.size();
  }

  /** Closes all sources and sends no more. */
  public void close() {
    closed = true;
    wake();
  }

  private void wake() {
    if (scheduled.compareAndSet(false, true)) {
      serial.execute(this::run);
    }
  }

  private void run() {
    scheduled.set(false);
    for (Outgoing next = added.poll(); next != null; next = added.poll()) {
      turns.addLast(next);
    }
    if (closed) {
      turns.forEach(this::closeQuietly);
      turns.clear();
      transfers.clear();
      spare.clear();
      return;
    }
    boolean sentOne = true;
    while (sentOne && !closed) {
      sentOne = false;
      for (int turn = turns.size(); turn > 0; turn--) {
        Outgoing transfer = turns.removeFirst();
        if (transfer.stopped()) {
          closeQuietly(transfer);
        } else if (transfer.done()) {
          end(transfer, null);
        } else if (waiting.get() >= link.limits().waitingFile() || !transfer.ready(frameSize)) {
          turns.addLast(transfer);
        } else if (sendFrame(transfer)) {
          sentOne = true;
          turns.addLast(transfer);
        }
      }
    }
    if (closed) {
      wake();
    }
  }

  private boolean sendFrame(Outgoing transfer) {
    ByteBuffer frame = take(transfer.nextFrame(frameSize));
    try {
      transfer.fill(frame);
    } catch (IOException e) {
      end(transfer, e);
      return false;
    }
    int size = frame.remaining();
    waiting.addAndGet(size);
    link.sendFrame(frame)
        .whenComplete(
            (sent, failure) -> {
              if (frame.capacity() == frameSize) {
                spare.add(frame);
              }
              waiting.addAndGet(-size);
              wake();
            });
    return true;
  }

  /** Direct and of the exact size, which a native channel sends without a copy. */
  private ByteBuffer take(int size) {
    ByteBuffer frame = size == frameSize ? spare.poll() : null;
    return frame != null ? frame : ByteBuffer.allocateDirect(size);
  }

  private void end(Outgoing transfer, IOException failure) {
    transfers.remove(transfer.id(), transfer);
    closeQuietly(transfer);
    if (failure == null) {
      transfer.listener().sent();
    } else {
      transfer.listener().failed(failure);
    }
  }

  private void closeQuietly(Outgoing transfer) {
    try {
      transfer.close();
    } catch (IOException e) {
      LOG.warn("A file that was being sent could not be closed", e);
    }
  }
}
