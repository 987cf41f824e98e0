package org.peerworks.protocol.sleap.internal.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelBinding;
import org.peerworks.transport.api.ChannelListener;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Peer;
import org.peerworks.transport.api.Traffic;
import org.peerworks.transport.api.TransportException;

/**
 * The other end of a channel in memory: plays a Python worker, as a test tells it to. Everything
 * that passes, passes on one thread.
 */
final class PythonWorker implements Channel, Peer {

  final List<String> heard = new ArrayList<>();
  final List<String> labels = new ArrayList<>();
  private final ExecutorService wire = Executors.newSingleThreadExecutor();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final java.io.ByteArrayOutputStream binary = new java.io.ByteArrayOutputStream();
  private ChannelListener listener;
  private BiConsumer<PythonWorker, String> script = (worker, text) -> {};
  private Consumer<PythonWorker> opening = worker -> {};
  private int keepAlives;

  /** What the worker does with a text; on the wire's thread. */
  PythonWorker on(BiConsumer<PythonWorker, String> behaviour) {
    script = behaviour;
    return this;
  }

  /** What the worker does when the channel opens. */
  PythonWorker onOpen(Consumer<PythonWorker> behaviour) {
    opening = behaviour;
    return this;
  }

  /** Says texts. */
  PythonWorker say(String... texts) {
    for (String text : texts) {
      wire.execute(() -> listener.onText(text));
    }
    return this;
  }

  PythonWorker sayBinary(byte[] content) {
    wire.execute(() -> listener.onBinary(ByteBuffer.wrap(content.clone())));
    return this;
  }

  /** Sends a file as Python's worker does, with a sign of life in the middle. */
  PythonWorker sendFile(String name, byte[] content, String third) {
    say("FILE_META::" + name + ":" + content.length + ":" + third);
    for (int at = 0; at < content.length; at += 32 << 10) {
      sayBinary(
          java.util.Arrays.copyOfRange(content, at, Math.min(content.length, at + (32 << 10))));
      sayBinary("KEEP_ALIVE".getBytes(StandardCharsets.US_ASCII));
    }
    return say("END_OF_FILE");
  }

  /** What came as binary since this was asked last, without signs of life. */
  byte[] received() {
    synchronized (binary) {
      byte[] bytes = binary.toByteArray();
      binary.reset();
      return bytes;
    }
  }

  int keepAlives() {
    synchronized (binary) {
      return keepAlives;
    }
  }

  List<String> heard() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  @Override
  public String label() {
    return labels.get(0);
  }

  @Override
  public int maxMessageSize() {
    return 65_536;
  }

  @Override
  public CompletionStage<Void> send(ByteBuffer message) {
    if (message.remaining() > maxMessageSize()) {
      throw new IllegalArgumentException("Too large.");
    }
    byte[] bytes = new byte[message.remaining()];
    message.duplicate().get(bytes);
    return carry(
        () -> {
          synchronized (binary) {
            if (new String(bytes, StandardCharsets.US_ASCII).equals("KEEP_ALIVE")) {
              keepAlives++;
            } else {
              binary.writeBytes(bytes);
            }
          }
        });
  }

  @Override
  public CompletionStage<Void> send(String message) {
    if (message.getBytes(StandardCharsets.UTF_8).length > maxMessageSize()) {
      throw new IllegalArgumentException("Too large.");
    }
    return carry(
        () -> {
          synchronized (heard) {
            heard.add(message);
          }
          script.accept(this, message);
        });
  }

  private CompletionStage<Void> carry(Runnable delivery) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    if (closed.isDone()) {
      sent.completeExceptionally(new TransportException("The channel is closed."));
      return sent;
    }
    wire.execute(
        () -> {
          delivery.run();
          sent.complete(null);
        });
    return sent;
  }

  @Override
  public void receive(ChannelListener receiver) {
    listener = receiver;
    wire.execute(() -> opening.accept(this));
  }

  /** The connection is cut. */
  void cut(String reason) {
    if (closed.complete(reason) && listener != null) {
      wire.execute(() -> listener.onClosed(reason));
    }
  }

  @Override
  public CompletionStage<String> closed() {
    return closed;
  }

  @Override
  public void close() {
    cut("closed");
  }

  /** Ends the thread. */
  void stop() {
    wire.shutdownNow();
  }

  @Override
  public String id() {
    return "worker-1";
  }

  @Override
  public String place() {
    return "memory/room/worker-1";
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
    return new ChannelBinding("", "");
  }

  @Override
  public Traffic traffic() {
    return new Traffic(0, 0, 0, 0, 0);
  }

  @Override
  public CompletionStage<Channel> open(String label, ChannelOptions options) {
    labels.add(label);
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onChannel(Consumer<Channel> opened) {}
}
