package org.peerworks.protocol.peerworks;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelListener;
import org.peerworks.transport.api.TransportException;

/** One end of a channel in memory, with faults to order. */
final class MemoryChannel implements Channel {

  private record Item(Object message, CompletableFuture<Void> sent) {}

  private final int maxMessageSize;
  private final LinkedBlockingQueue<Item> outgoing = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final CompletableFuture<ChannelListener> listener = new CompletableFuture<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicLong bytesWaiting = new AtomicLong();
  private final AtomicLong mostWaiting = new AtomicLong();
  private final AtomicLong bytesSent = new AtomicLong();
  private final CompletableFuture<Void> reading = new CompletableFuture<>();
  private final CompletableFuture<Void> worn = new CompletableFuture<>();
  private volatile boolean reads = true;
  private volatile int cutAt = Integer.MAX_VALUE;
  private volatile UnaryOperator<String> rewrite = text -> text;
  private volatile UnaryOperator<ByteBuffer> rewriteFrame = frame -> frame;
  private MemoryChannel other;
  private Thread wire;

  private MemoryChannel(int maxMessageSize) {
    this.maxMessageSize = maxMessageSize;
  }

  static MemoryChannel[] pair(int maxMessageSize) {
    MemoryChannel[] ends = {new MemoryChannel(maxMessageSize), new MemoryChannel(maxMessageSize)};
    ends[0].other = ends[1];
    ends[1].other = ends[0];
    ends[0].start("wire-0");
    ends[1].start("wire-1");
    return ends;
  }

  private void start(String name) {
    wire = new Thread(this::carry, name);
    wire.setDaemon(true);
    wire.start();
  }

  /** Cuts the connection when this end sends its message of this number, from 1. */
  void cutAt(int number) {
    cutAt = number;
  }

  /** Lets this end take nothing from now on. */
  void stopReading() {
    reads = false;
  }

  void rewrite(UnaryOperator<String> change) {
    rewrite = change;
  }

  void rewriteFrames(UnaryOperator<ByteBuffer> change) {
    rewriteFrame = change;
  }

  int sent() {
    return sent.get();
  }

  long bytesSent() {
    return bytesSent.get();
  }

  long mostWaiting() {
    return mostWaiting.get();
  }

  private void carry() {
    try {
      ChannelListener to = other.listener.get();
      while (!closed.isDone()) {
        Item item = outgoing.take();
        if (!other.reads) {
          reading.get();
        }
        if (closed.isDone()) {
          // What was before it may have been dropped, and a channel leaves no gaps.
          item.sent().completeExceptionally(new TransportException("closed"));
          return;
        }
        int size = size(item.message());
        deliver(to, item.message());
        bytesWaiting.addAndGet(-size);
        item.sent().complete(null);
      }
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      closed.complete("The wire was cut.");
    }
  }

  private static int size(Object message) {
    return message instanceof String text ? text.length() : ((ByteBuffer) message).remaining();
  }

  private void deliver(ChannelListener to, Object message) {
    if (message instanceof String text) {
      to.onText(rewrite.apply(text));
      return;
    }
    ByteBuffer from = ((ByteBuffer) message).duplicate();
    ByteBuffer copy = ByteBuffer.allocate(from.remaining()).put(from).flip();
    to.onBinary(rewriteFrame.apply(copy));
  }

  @Override
  public String label() {
    return "peerworks";
  }

  @Override
  public int maxMessageSize() {
    return maxMessageSize;
  }

  @Override
  public CompletionStage<Void> send(ByteBuffer message) {
    return enqueue(message, message.remaining());
  }

  @Override
  public CompletionStage<Void> send(String message) {
    return enqueue(message, message.getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
  }

  private CompletionStage<Void> enqueue(Object message, int size) {
    if (size > maxMessageSize) {
      throw new IllegalArgumentException("Too large: " + size);
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    synchronized (this) {
      if (sent.incrementAndGet() >= cutAt) {
        cut();
      }
      if (closed.isDone()) {
        done.completeExceptionally(new TransportException("closed"));
        return done;
      }
      bytesSent.addAndGet(size);
      long now = bytesWaiting.addAndGet(size);
      mostWaiting.accumulateAndGet(now, Math::max);
      outgoing.add(new Item(message, done));
    }
    return done;
  }

  @Override
  public void receive(ChannelListener receiver) {
    listener.complete(receiver);
  }

  @Override
  public CompletionStage<String> closed() {
    return closed.copy();
  }

  @Override
  public void close() {
    cut();
  }

  /** Says at this end that the connection should be replaced. */
  void wear() {
    worn.complete(null);
  }

  CompletionStage<Void> worn() {
    return worn;
  }

  /** This end is gone, and the other one does not hear of it. */
  void vanish() {
    end("vanished");
  }

  void cut() {
    end("closed");
    other.end("closed by the other side");
  }

  private void end(String reason) {
    if (closed.complete(reason)) {
      wire.interrupt();
      for (Item item = outgoing.poll(); item != null; item = outgoing.poll()) {
        item.sent().completeExceptionally(new TransportException(reason));
      }
      listener.thenAcceptAsync(to -> to.onClosed(reason));
    }
  }
}
