package org.peerworks.signaling.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket connection: whole JSON messages in both directions, and signs of life. */
final class Link implements WebSocket.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  /** A room's list of peers is the longest message. */
  private static final int MAX_MESSAGE = 8 * 1024 * 1024;

  private static final int MAX_WAITING = 1024;
  private static final int ABNORMAL = 1006;
  private static final long GOODBYE_MILLIS = 500;

  private final Events events;
  private final Pace pace;
  private final ScheduledExecutorService timer;
  private final StringBuilder partial = new StringBuilder();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger waiting = new AtomicInteger();
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private volatile long heardAt = System.nanoTime();
  private volatile WebSocket socket;
  private volatile ScheduledFuture<?> heartbeat;
  private CompletableFuture<?> tail = CompletableFuture.completedFuture(null);

  /** What a link tells: in order, one at a time, quickly to be returned from. */
  interface Events {
    void message(ObjectNode message);

    /**
     * @param code of the close frame, or 1006 if there was none
     */
    void ended(int code, String reason);
  }

  private Link(Events events, Pace pace, ScheduledExecutorService timer) {
    this.events = events;
    this.pace = pace;
    this.timer = timer;
  }

  static Link open(
      HttpClient http, URI server, Events events, Pace pace, ScheduledExecutorService timer)
      throws IOException, InterruptedException, Refused {
    Link link = new Link(events, pace, timer);
    CompletableFuture<WebSocket> opening =
        http.newWebSocketBuilder().connectTimeout(pace.open()).buildAsync(server, link);
    try {
      link.start(opening.get(pace.open().toMillis(), TimeUnit.MILLISECONDS));
      return link;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException handshake) {
        int status = handshake.getResponse().statusCode();
        if (status < 500) {
          throw Problems.notSignaling(server, "HTTP " + status);
        }
        throw new IOException(
            "The signalling server at "
                + server
                + " takes no connections now (HTTP "
                + status
                + ")",
            e);
      }
      throw Problems.unreachable(server, e.getCause());
    } catch (TimeoutException e) {
      opening.thenAccept(WebSocket::abort);
      throw Problems.unreachable(server, e);
    } catch (InterruptedException e) {
      opening.thenAccept(WebSocket::abort);
      throw e;
    }
  }

  /** Completes when the message is with the operating system. */
  CompletableFuture<Void> send(ObjectNode message) {
    return enqueue(() -> socket.sendText(message.toString(), true));
  }

  boolean isOpen() {
    return !ended.get();
  }

  /** Says goodbye; returns at once, and the connection is gone soon. */
  void close() {
    enqueue(() -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
    ScheduledFuture<?> impatience =
        timer.schedule(
            () -> end(WebSocket.NORMAL_CLOSURE, ""), GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    gone.whenComplete((done, failure) -> impatience.cancel(false));
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    heardAt = System.nanoTime();
    if (partial.length() + data.length() > MAX_MESSAGE) {
      end(ABNORMAL, "The server sent a message of more than " + MAX_MESSAGE + " characters");
      return null;
    }
    partial.append(data);
    if (last) {
      String text = partial.toString();
      partial.setLength(0);
      Json.object(text)
          .ifPresentOrElse(
              events::message, () -> LOG.warn("Ignoring a message that is no JSON object"));
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    end(ABNORMAL, "The server sent a binary message");
    return null;
  }

  @Override
  public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    heardAt = System.nanoTime();
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    heardAt = System.nanoTime();
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    end(code, Json.shown(reason));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    end(ABNORMAL, "The connection broke (" + error.getMessage() + ")");
  }

  private void start(WebSocket opened) {
    socket = opened;
    long period = pace.ping().toNanos();
    heartbeat = timer.scheduleAtFixedRate(this::beat, period / 2, period / 2, TimeUnit.NANOSECONDS);
    if (ended.get()) {
      heartbeat.cancel(false);
      opened.abort();
    }
  }

  private void beat() {
    if (System.nanoTime() - heardAt > pace.silence().toNanos()) {
      end(ABNORMAL, "Nothing heard from the server for " + pace.silence().toSeconds() + " s");
    } else {
      enqueue(() -> socket.sendPing(ByteBuffer.allocate(0)));
    }
  }

  /** Java's WebSocket takes one message at a time. */
  private CompletableFuture<Void> enqueue(Sending next) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      return CompletableFuture.failedFuture(
          new IOException("The signalling server reads too slowly"));
    }
    CompletableFuture<Void> sent;
    synchronized (this) {
      sent =
          tail.handle((before, failure) -> null)
              .thenCompose(ready -> next.start())
              .thenAccept(done -> {});
      tail = sent;
    }
    return sent.whenComplete((done, failure) -> waiting.decrementAndGet());
  }

  private void end(int code, String reason) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    ScheduledFuture<?> beating = heartbeat;
    if (beating != null) {
      beating.cancel(false);
    }
    gone.complete(null);
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
    events.ended(code, reason);
  }

  /** Starts one send. */
  private interface Sending {
    CompletionStage<WebSocket> start();
  }
}
