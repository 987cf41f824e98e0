package org.peerworks.transport.webrtc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One data channel.
 *
 * <p>A send completes when its message was handed to the native library, which holds at most the
 * configured high-water mark of bytes for each channel.
 */
final class WebRtcChannel implements Channel {

  private static final Logger LOG = LoggerFactory.getLogger(WebRtcChannel.class);

  /** Messages that one channel may send before another has its turn. */
  private static final int TURN = 8;

  /** How long a closed channel may take to say goodbye to the other side. */
  private static final long CLOSE_MILLIS = 2_000;

  private final Link link;
  private final String label;
  private final Outbox outbox;
  private final Inbox inbox;
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final ChannelCallbacks callbacks = new ChannelCallbacks(this);

  // The rest is used by the link's loop only.
  private NativeChannel data;
  private boolean open;
  private boolean closing;
  private long inNative;

  WebRtcChannel(Link link, NativeChannel data, String label) {
    this.link = link;
    this.data = data;
    this.label = label;
    this.outbox = new Outbox(link.pool());
    this.inbox = new Inbox(link.pool(), link.budget(), this::overflow, this::fail);
  }

  /** Starts to listen to the native channel. On the loop. */
  void start() {
    data.observe(callbacks);
    stateChangedOnLoop();
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
    return link.negotiation().maxMessageSize();
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
    int size = content.remaining();
    if (size > maxMessageSize()) {
      throw new IllegalArgumentException(
          "A message of "
              + size
              + " bytes is too large for channel '"
              + label
              + "': the other side takes at most "
              + maxMessageSize()
              + ". Split it.");
    }
    CompletableFuture<Void> done = outbox.add(content, binary);
    link.wake();
    return done.minimalCompletionStage();
  }

  @Override
  public void receive(ChannelListener listener) {
    inbox.receive(listener);
  }

  @Override
  public CompletionStage<String> closed() {
    return closed.minimalCompletionStage();
  }

  @Override
  public void close() {
    closeWith("This side closed channel '" + label + "'.", true);
  }

  /** Closes a channel of the other side that nobody was told of. */
  void refuse(String reason) {
    closeWith(reason, true);
  }

  private void overflow(String reason) {
    closeWith(reason, true);
  }

  private void fail(String reason) {
    closeWith(reason, false);
  }

  private void closeWith(String reason, boolean drop) {
    end(reason, drop);
    link.execute(this::startClosing);
  }

  /** Nothing is sent or received any more. Any thread. */
  private void end(String reason, boolean drop) {
    outbox.close(reason);
    if (drop) {
      inbox.drop(reason);
    } else {
      inbox.close(reason);
    }
    link.pool().execute(() -> closed.complete(reason));
    opened.completeExceptionally(Failures.of(reason));
  }

  long bytesWaiting() {
    return outbox.bytes();
  }

  /** From the native library. */
  void received(byte[] content, boolean binary) {
    link.received(content.length);
    if (content.length > Sdp.LARGEST_MESSAGE) {
      fail(
          "The other side sent a message of "
              + content.length
              + " bytes on channel '"
              + label
              + "'; this side takes at most "
              + Sdp.LARGEST_MESSAGE
              + " bytes. Split it.");
      return;
    }
    inbox.add(content, binary);
  }

  /** From the native library. */
  void stateChanged() {
    link.execute(this::stateChangedOnLoop);
  }

  private void stateChangedOnLoop() {
    if (data == null) {
      return;
    }
    if (data.open()) {
      open = !closing;
      link.pool().execute(() -> opened.complete(null));
    } else if (data.closed()) {
      end("The other side closed channel '" + label + "'.", false);
      dispose();
    }
  }

  /**
   * Hands over what fits. On the loop.
   *
   * @return whether something still waits
   */
  boolean pump() {
    for (int i = 0; i < TURN; i++) {
      Outbox.Message message = open ? outbox.next() : null;
      if (message == null) {
        return false;
      }
      if (!fits(message.size())) {
        return true;
      }
      try {
        data.send(message.content(), message.binary());
        inNative += Math.max(1, message.size());
      } catch (Exception | Error e) {
        // The native library throws java.lang.Error where a handle is not what it expects.
        LOG.error("Sending on channel '{}' failed", label, e);
        fail("Sending failed: " + e);
        return false;
      }
      link.sent(message.size());
      outbox.sent();
    }
    link.wake();
    return true;
  }

  /** A send that overflows the native queue is dropped without a word, so none ever may. */
  private boolean fits(int size) {
    long highWater = link.settings().highWaterBytes();
    if (inNative > 0 && inNative + size > highWater) {
      inNative = data.buffered();
    }
    return inNative == 0 || inNative + size <= highWater;
  }

  /** Whether the native library still holds something to send. On the loop. */
  boolean draining() {
    try {
      return data != null && open && data.buffered() > 0;
    } catch (RuntimeException | Error e) {
      LOG.error("What channel '{}' still has to send is not known", label, e);
      open = false;
      return false;
    }
  }

  /** Says goodbye to the other side, once; the native object goes when it has reported back. */
  void startClosing() {
    if (data == null || closing) {
      return;
    }
    closing = true;
    open = false;
    link.after(CLOSE_MILLIS, this::dispose);
    data.close();
  }

  /** On the loop. */
  void notOpened(String reason) {
    if (!opened.isDone()) {
      fail(reason);
    }
  }

  /** On the loop: the channel goes with its connection. */
  void connectionGone(String reason) {
    end(reason, false);
    startClosing();
  }

  /** Whether the native channel says that it is closed. On the loop. */
  boolean nativelyClosed() {
    return data == null || data.closed();
  }

  void dispose() {
    if (data == null) {
      return;
    }
    NativeChannel last = data;
    data = null;
    open = false;
    callbacks.clear();
    link.gone(this);
    try {
      if (!closing && !last.closed()) {
        last.close();
      }
    } finally {
      last.dispose();
    }
  }
}
