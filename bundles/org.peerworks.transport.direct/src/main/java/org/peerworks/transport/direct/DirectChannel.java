package org.peerworks.transport.direct;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelListener;

/**
 * One channel.
 *
 * <p>A send completes when its message was handed to the operating system, which it is only once
 * the other side has room for it: a receiver that is slow makes its sender wait, and nobody else.
 */
final class DirectChannel implements Channel {

  private final Link link;
  private final int id;
  private final String label;
  private final int window;
  private final Outbox outbox;
  private final Inbox inbox;
  private final Assembly assembly;
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicInteger taken = new AtomicInteger();

  /**
   * @param window how many bytes may wait to be taken
   */
  DirectChannel(Link link, int id, String label, int window) {
    this.link = link;
    this.id = id;
    this.label = label;
    this.window = window;
    this.assembly = new Assembly(window);
    this.outbox = new Outbox(id, link.pool());
    this.inbox = new Inbox(link.pool(), this::taken, this::fail, () -> link.windows().give(window));
  }

  int id() {
    return id;
  }

  int window() {
    return window;
  }

  Outbox outbox() {
    return outbox;
  }

  /** Puts its messages together; used by the thread that reads. */
  Assembly assembly() {
    return assembly;
  }

  CompletableFuture<Void> opened() {
    return opened;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public int maxMessageSize() {
    return Frames.LARGEST_MESSAGE;
  }

  @Override
  public CompletionStage<Void> send(ByteBuffer message) {
    return send(message.slice(), true);
  }

  @Override
  public CompletionStage<Void> send(String message) {
    return send(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)), false);
  }

  private CompletionStage<Void> send(ByteBuffer content, boolean binary) {
    if (content.remaining() > Frames.LARGEST_MESSAGE) {
      throw new IllegalArgumentException(
          "A message of "
              + content.remaining()
              + " bytes is too large for channel '"
              + label
              + "', which takes at most "
              + Frames.LARGEST_MESSAGE
              + ". Split it.");
    }
    CompletableFuture<Void> done = outbox.add(content, binary);
    link.sender().ready(this);
    return done.minimalCompletionStage();
  }

  @Override
  public void receive(ChannelListener listener) {
    inbox.receive(listener);
  }

  /** A message is whole. By the thread that reads. */
  void received(byte[] content, boolean binary) {
    link.counters().received(content.length);
    inbox.add(content, binary);
  }

  /** The receiver has taken something; the other side is told when it has become a good deal. */
  private void taken(int cost) {
    int sum = taken.addAndGet(cost);
    if (sum >= window / 4 && taken.compareAndSet(sum, 0)) {
      assembly.grant(sum);
      if (!closing.get()) {
        link.sender().control(Frames.number(Frames.CREDIT, id, sum));
      }
    }
  }

  @Override
  public CompletionStage<String> closed() {
    return closed.minimalCompletionStage();
  }

  @Override
  public void close() {
    closeAndTell("This side closed channel '" + label + "'.", "", true);
  }

  private void fail(String reason) {
    closeAndTell(reason, reason, false);
  }

  /**
   * @param told to the other side; empty for no reason in particular
   * @param drop what is received and not taken, too
   */
  private void closeAndTell(String reason, String told, boolean drop) {
    if (end(reason, drop)) {
      link.channels().remove(this);
      link.sender().control(Frames.reason(Frames.CLOSE, id, told));
    }
  }

  /** The other side has closed it, or did not open it, or the connection is gone. */
  void gone(String reason) {
    end(reason, false);
    link.channels().remove(this);
  }

  /** The other side has opened it too. */
  void openedByOther() {
    link.pool().execute(() -> opened.complete(null));
  }

  /** It was not opened in time. */
  void notOpened(String reason) {
    if (!opened.isDone()) {
      fail(reason);
    }
  }

  /** Nothing is sent or received any more. Answers whether this was the first time. */
  private boolean end(String reason, boolean drop) {
    boolean first = closing.compareAndSet(false, true);
    outbox.close(reason);
    inbox.close(reason, drop);
    if (first) {
      link.pool()
          .execute(
              () -> {
                closed.complete(reason);
                opened.completeExceptionally(Failures.of(reason));
              });
    }
    return first;
  }
}
