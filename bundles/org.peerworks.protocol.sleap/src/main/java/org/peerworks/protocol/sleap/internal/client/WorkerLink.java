package org.peerworks.protocol.sleap.internal.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
import org.peerworks.protocol.sleap.internal.wire.ClientMessage;
import org.peerworks.protocol.sleap.internal.wire.FsReply;
import org.peerworks.protocol.sleap.internal.wire.Message;
import org.peerworks.protocol.sleap.internal.wire.WireException;
import org.peerworks.protocol.sleap.internal.wire.WorkerMessage;
import org.peerworks.protocol.sleap.internal.wire.WorkerMessages;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.ChannelListener;
import org.peerworks.transport.api.TransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channel to a worker: messages instead of texts, and signs of life both ways. */
final class WorkerLink implements ChannelListener {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerLink.class);
  private static final byte[] KEEP_ALIVE = Message.KEEP_ALIVE.getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_MALFORMED = 1000;
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  /** Takes what the worker says, one call at a time, in order. */
  interface Listener {
    void onMessage(WorkerMessage message);

    /** A piece of the file that was announced last. */
    void onChunk(ByteBuffer chunk);

    /**
     * The worker said something that should mean something, but is broken.
     *
     * @param name of the message
     */
    default void onBroken(String name, WireException why) {}

    void onClosed(String reason);
  }

  private final Channel channel;
  private final String worker;
  private final ClientThreads threads;
  private final int window;
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final Future<?> keepAlive;
  private final FileQuestions files;
  private volatile Listener listener;
  private int malformed;

  WorkerLink(
      Channel channel,
      String worker,
      ClientThreads threads,
      Duration answer,
      Duration keepAlive,
      int window) {
    this.channel = channel;
    this.worker = worker;
    this.threads = threads;
    this.window = window;
    this.files = new FileQuestions(this, threads, answer);
    this.keepAlive = threads.every(keepAlive, () -> channel.send(ByteBuffer.wrap(KEEP_ALIVE)));
  }

  /** Begins to receive. */
  void open(Listener first) {
    listener = first;
    channel.receive(this);
  }

  /** Hands the messages that follow to somebody else. */
  void listen(Listener next) {
    listener = next;
  }

  /** Asks about files, beside whatever else goes on. */
  FileQuestions files() {
    return files;
  }

  /** Id of the worker, for messages to people. */
  String worker() {
    return worker;
  }

  /** Whether a message would be too large for the worker to take in. */
  boolean tooLarge(ClientMessage message) {
    return message.text().getBytes(StandardCharsets.UTF_8).length > channel.maxMessageSize();
  }

  /** Sends a message; a channel that fails tells so by its end. */
  CompletionStage<Void> send(ClientMessage message) {
    try {
      return channel.send(message.text());
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(
          new TransportException("A message is too large for the worker.", e));
    }
  }

  CompletableFuture<Void> sendFile(Path file, long size, LongConsumer progress) {
    return FileSender.send(channel, file, size, window, progress, threads.pool());
  }

  CompletableFuture<String> closed() {
    return closed;
  }

  void close() {
    keepAlive.cancel(false);
    channel.close();
  }

  /** Closes when whoever waits for the end of a job has had the time to hear why it ended. */
  void closeSoon() {
    try {
      threads.later(FAREWELL, this::close);
    } catch (RejectedExecutionException e) {
      LOG.debug("This side is closing anyway", e);
      close();
    }
  }

  @Override
  public void onText(String text) {
    if (malformed >= MOST_MALFORMED) {
      return;
    }
    WorkerMessage message;
    try {
      message = WorkerMessages.read(text);
    } catch (WireException e) {
      LOG.debug("The worker '{}' sent what is no message", worker, e);
      if (++malformed == MOST_MALFORMED) {
        LOG.warn("The worker '{}' sends what is no message: {}", worker, e.getMessage());
        close();
        return;
      }
      int end = text.indexOf(Message.SEPARATOR);
      String name = end < 0 ? text : text.substring(0, end);
      if (name.startsWith("FS_")) {
        files.broken(e.getMessage());
      }
      listener.onBroken(name, e);
      return;
    }
    if (!(message instanceof FsReply reply && files.said(reply))) {
      listener.onMessage(message);
    }
  }

  @Override
  public void onBinary(ByteBuffer message) {
    if (!message.equals(ByteBuffer.wrap(KEEP_ALIVE))) {
      listener.onChunk(message);
    }
  }

  @Override
  public void onClosed(String reason) {
    keepAlive.cancel(false);
    // Whoever waits for the connection hears first, so that a lost one is not taken for a failed
    // job.
    closed.complete(reason);
    files.closed(reason);
    listener.onClosed(reason);
  }
}
