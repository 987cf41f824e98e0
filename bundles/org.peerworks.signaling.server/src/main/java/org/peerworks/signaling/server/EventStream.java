package org.peerworks.signaling.server;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.eclipse.jetty.util.Callback;

/**
 * An answer that goes on: server-sent events (HTML standard, {@code text/event-stream}), each a
 * JSON object. A reader that is too slow is cut off. Thread-safe; nothing here blocks.
 */
final class EventStream {

  private static final int WAITING_CHARACTERS = 256 * 1024;

  private final BiConsumer<String, Callback> wire;
  private final Callback last;
  private final SendQueue queue;
  private final AtomicBoolean over = new AtomicBoolean();

  /**
   * @param wire starts to send a piece of the body
   * @param last ends the answer
   */
  EventStream(BiConsumer<String, Callback> wire, Callback last) {
    this.wire = wire;
    this.last = last;
    this.queue =
        new SendQueue(
            WAITING_CHARACTERS,
            this::write,
            () -> broken(new IllegalStateException("The reader is too slow")));
  }

  /**
   * @param json one line
   */
  void tell(String json) {
    queue.offer("data: " + json + "\n\n");
  }

  void keepAlive() {
    queue.offer(": keepalive\n\n");
  }

  /** Whether the reader has gone, or was sent away. */
  boolean isOver() {
    return over.get();
  }

  /** Sends what waits, then ends. */
  void end() {
    queue.finish(
        () -> {
          if (over.compareAndSet(false, true)) {
            last.succeeded();
          }
        });
  }

  private void write(String text) {
    wire.accept(text, Callback.from(queue::sent, this::broken));
  }

  private void broken(Throwable cause) {
    queue.abandon();
    if (over.compareAndSet(false, true)) {
      last.failed(cause);
    }
  }
}
