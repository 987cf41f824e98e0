package org.peerworks.protocol.peerworks.internal.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries JSON messages and frames over one channel, and watches over its limits. Thread-safe. */
public final class Link implements ChannelListener {

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  /** Every channel takes messages of so many bytes. */
  public static final int LEAST_MESSAGE = 1 << 10;

  /** Before the peer has proved who it is. */
  private static final int UNTRUSTED_LONGEST = 8 << 10;

  private static final int UNTRUSTED_MESSAGES = 4;

  private final Channel channel;
  private final String peer;
  private final LinkLimits limits;
  private final SendQueue queue;
  private final Parts parts = new Parts();
  private final Rate rate;
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final long began = System.nanoTime();
  private volatile LinkHandler handler;
  private volatile boolean trusted;
  private volatile boolean broken;
  private volatile boolean dismissed;
  private volatile long lastReceived = began;
  private int untrustedMessages;

  public Link(Channel channel, String peer, LinkLimits limits, LinkHandler handler) {
    this.channel = channel;
    this.peer = peer;
    this.limits = limits;
    this.handler = handler;
    this.queue = new SendQueue(channel, limits.waitingText(), this::fail);
    this.rate = new Rate(limits.messagesPerSecond(), began);
  }

  /**
   * @throws IllegalArgumentException if a channel that takes messages up to a size is of no use
   */
  public static void requireSize(int maxMessageSize) {
    if (maxMessageSize < LEAST_MESSAGE) {
      throw new IllegalArgumentException(
          "The channel takes messages of %d bytes at most, but the protocol needs %d or more."
              .formatted(maxMessageSize, LEAST_MESSAGE));
    }
  }

  /** Begins to deliver. */
  public void open() {
    channel
        .closed()
        .whenComplete((reason, failure) -> ended(failure == null ? reason : failure.getMessage()));
    channel.receive(this);
  }

  /** Lets the peer use all of the protocol from now on. It waits until it hears of it. */
  public void trust(LinkHandler next) {
    handler = next;
    trusted = true;
  }

  public String peer() {
    return peer;
  }

  public LinkLimits limits() {
    return limits;
  }

  public int maxMessageSize() {
    return channel.maxMessageSize();
  }

  /** Bytes of text that wait to be sent. */
  public long waitingText() {
    return queue.waitingText();
  }

  public void send(ObjectNode message) {
    if (!closing.get()) {
      queue.send(Json.write(message));
    }
  }

  /** Sends text that {@link Json#write} made. */
  public void sendText(String text) {
    if (!closing.get()) {
      queue.send(text);
    }
  }

  /**
   * @return completes when the frame has left
   */
  public CompletionStage<Void> sendFrame(ByteBuffer frame) {
    return queue.send(frame);
  }

  @Override
  public void onText(String text) {
    if (closing.get()) {
      return;
    }
    guarded(
        () -> {
          long now = System.nanoTime();
          lastReceived = now;
          if (!trusted && ++untrustedMessages > UNTRUSTED_MESSAGES || !rate.allows(now)) {
            throw new WireException(
                "Too many messages; at most %d per second are taken."
                    .formatted(limits.messagesPerSecond()));
          }
          String whole = parts.add(text, trusted ? limits.longestText() : UNTRUSTED_LONGEST);
          if (whole != null) {
            dispatch(Json.read(whole));
          }
        });
  }

  private void dispatch(ObjectNode message) {
    String type = new Fields("a message", message).text("type", 40);
    switch (type) {
      case "ping" -> {
        requireTrust("A ping");
        send(Json.message("pong"));
      }
      case "pong" -> requireTrust("A pong");
      case "bye" -> {
        dismissed = true;
        end(
            "The peer ended the connection: "
                + Texts.line(new Fields("'bye'", message).text("reason", 8192, "no reason"), 1000));
      }
      default -> handler.onMessage(type, message);
    }
  }

  private void requireTrust(String what) {
    if (!trusted) {
      throw new WireException(what + " came before the peer proved who it is.");
    }
  }

  @Override
  public void onBinary(ByteBuffer message) {
    if (closing.get()) {
      return;
    }
    guarded(
        () -> {
          lastReceived = System.nanoTime();
          requireTrust("A binary message");
          handler.onFrame(message);
        });
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (WireException | FieldException e) {
      LOG.warn("Peer '{}' broke the protocol: {}", peer, e.getMessage());
      broken = true;
      fail(e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("A message of peer '{}' could not be handled", peer, e);
      broken = true;
      fail("A defect of this side; its log has more.");
    }
  }

  /** Called about once a second. */
  public void tick() {
    long now = System.nanoTime();
    if (!trusted && now - began > limits.hello().toNanos()) {
      fail("The peer did not prove who it is within " + limits.hello().toSeconds() + " s.");
    } else if (now - lastReceived > limits.silence().toNanos()) {
      end("The peer was silent for " + limits.silence().toSeconds() + " s.");
    } else if (queue.stalledNanos(now) > limits.stall().toNanos()) {
      end("The peer took nothing for " + limits.stall().toSeconds() + " s.");
    } else if (trusted && now - queue.lastSent() > limits.ping().toNanos()) {
      send(Json.message("ping"));
    }
  }

  @Override
  public void onClosed(String reason) {
    ended(reason);
  }

  /**
   * Says goodbye with a reason and closes.
   *
   * @return completes when the channel has been closed, whatever became of the goodbye
   */
  public CompletionStage<Void> fail(String reason) {
    if (!closing.compareAndSet(false, true)) {
      return CompletableFuture.completedFuture(null);
    }
    // First, so that the reason is this one and not that the channel closed.
    ended(reason);
    return queue
        .send(Json.write(Json.message("bye").put("reason", reason)))
        .orTimeout(2, TimeUnit.SECONDS)
        .whenComplete((done, failure) -> channel.close());
  }

  /** Closes without a word. */
  private void end(String reason) {
    ended(reason);
    channel.close();
  }

  private void ended(String reason) {
    closing.set(true);
    if (closed.complete(reason)) {
      handler.onClosed(reason);
    }
  }

  /** Completes with the reason. */
  public CompletionStage<String> closed() {
    return closed.copy();
  }

  public boolean isClosed() {
    return closing.get();
  }

  /**
   * Whether it was closed because of what the peer sent, so that another one would end no better.
   */
  public boolean isBroken() {
    return broken;
  }

  /** Whether the peer itself ended it, and said so. */
  public boolean isDismissed() {
    return dismissed;
  }
}
