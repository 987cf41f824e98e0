package org.peerworks.protocol.sleap.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelBinding;
import org.peerworks.transport.api.ChannelListener;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Traffic;
import org.peerworks.transport.api.TransportException;

/** A client at the other end of a channel in memory; what it says is delivered at once. */
final class TestClient implements Channel, Peer {

  private final String id;
  private final String label;
  private final CompletableFuture<ChannelListener> listener = new CompletableFuture<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final List<Object> heard = new ArrayList<>();
  private final List<CompletableFuture<Void>> unread = new ArrayList<>();
  private volatile boolean reads = true;

  TestClient(String id, String label) {
    this.id = id;
    this.label = label;
  }

  /** Says something, as a client that has waited for the channel to open. */
  TestClient say(String text) {
    synchronized (listener) {
      listener.join().onText(text);
    }
    return this;
  }

  TestClient bytes(byte[] bytes) {
    synchronized (listener) {
      listener.join().onBinary(ByteBuffer.wrap(bytes.clone()));
    }
    return this;
  }

  TestClient bytes(String bytes) {
    return bytes(bytes.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a file in pieces. */
  TestClient sendFile(byte[] content, int piece) {
    for (int from = 0; from < content.length; from += piece) {
      bytes(java.util.Arrays.copyOfRange(content, from, Math.min(content.length, from + piece)));
    }
    return this;
  }

  /** Takes nothing from now on. */
  void stopReading() {
    reads = false;
  }

  /** Texts and, for binary messages, {@code <n bytes>}; without signs of life. */
  List<String> heard() {
    synchronized (heard) {
      List<String> texts = new ArrayList<>();
      for (Object message : heard) {
        if (message instanceof String text) {
          texts.add(text);
        } else if (!isKeepAlive((byte[]) message)) {
          texts.add("<" + ((byte[]) message).length + " bytes>");
        }
      }
      return texts;
    }
  }

  /** All bytes of all files that came. */
  byte[] files() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    synchronized (heard) {
      for (Object message : heard) {
        if (message instanceof byte[] bytes && !isKeepAlive(bytes)) {
          all.writeBytes(bytes);
        }
      }
    }
    return all.toByteArray();
  }

  long signsOfLife() {
    synchronized (heard) {
      return heard.stream()
          .filter(message -> message instanceof byte[] bytes && isKeepAlive(bytes))
          .count();
    }
  }

  private static boolean isKeepAlive(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).equals("KEEP_ALIVE");
  }

  String await(String beginning) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(heard()).anySatisfy(text -> assertThat(text).startsWith(beginning)));
    return heard().stream().filter(text -> text.startsWith(beginning)).findFirst().orElseThrow();
  }

  private static org.awaitility.core.ConditionFactory await() {
    return org.awaitility.Awaitility.await().pollInterval(Duration.ofMillis(5));
  }

  void awaitClosed() {
    await().atMost(Duration.ofSeconds(30)).until(closed::isDone);
  }

  boolean isClosed() {
    return closed.isDone();
  }

  /** Goes without a word. */
  void leave() {
    end("gone");
  }

  private void end(String reason) {
    if (closed.complete(reason)) {
      synchronized (heard) {
        unread.forEach(sent -> sent.completeExceptionally(new TransportException(reason)));
      }
      listener.thenAccept(to -> to.onClosed(reason));
    }
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public int maxMessageSize() {
    return 65_536;
  }

  @Override
  public CompletionStage<Void> send(ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.duplicate().get(bytes);
    return take(bytes, bytes.length);
  }

  @Override
  public CompletionStage<Void> send(String message) {
    return take(message, message.getBytes(StandardCharsets.UTF_8).length);
  }

  private CompletionStage<Void> take(Object message, int size) {
    if (size > maxMessageSize()) {
      throw new IllegalArgumentException("Too large: " + size);
    }
    CompletableFuture<Void> sent = new CompletableFuture<>();
    synchronized (heard) {
      if (closed.isDone()) {
        sent.completeExceptionally(new TransportException("closed"));
      } else if (reads) {
        heard.add(message);
        sent.complete(null);
      } else {
        unread.add(sent);
      }
    }
    return sent;
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
    end("closed by the worker");
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String place() {
    return "memory/room/" + id;
  }

  @Override
  public String transport() {
    return "memory";
  }

  @Override
  public Instant connectedAt() {
    return Instant.EPOCH;
  }

  @Override
  public ChannelBinding binding() {
    return new ChannelBinding("sha-256 AA", "sha-256 BB");
  }

  @Override
  public Traffic traffic() {
    return new Traffic(0, 0, 0, 0, 0);
  }

  @Override
  public CompletionStage<Channel> open(String name, ChannelOptions options) {
    return CompletableFuture.failedFuture(new TransportException("A client opens channels."));
  }

  @Override
  public void onChannel(Consumer<Channel> opened) {}
}
