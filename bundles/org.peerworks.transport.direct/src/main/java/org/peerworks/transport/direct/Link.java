package org.peerworks.transport.direct;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.peerworks.transport.api.ChannelBinding;
import org.peerworks.transport.api.ChannelOptions;
import org.peerworks.transport.api.Traffic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection whose sides are proved, and its channels, until the end. Thread-safe. */
final class Link {

  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  /** How long the last words may take to be sent, and the other side to end too. */
  private static final long END_MILLIS = 1_000;

  private final String peer;
  private final boolean connected;
  private final Settings settings;
  private final Threads threads;
  private final TlsPipe pipe;
  private final FrameReader frames;
  private final Channels channels;
  private final Windows windows;
  private final Sender sender;
  private final Receiver receiver;
  private final Counters counters = new Counters();
  private final AtomicReference<String> ending = new AtomicReference<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final ChannelBinding binding;
  private final Thread reading;
  private final Thread writing;
  private volatile Consumer<DirectChannel> arrivals = DirectChannel::close;
  private volatile Future<?> watch = CompletableFuture.completedFuture(null);

  /**
   * @param peer its id
   * @param connected whether this side has connected to the other
   * @param binding the certificates of both sides
   */
  Link(
      String peer,
      boolean connected,
      TlsPipe pipe,
      ChannelBinding binding,
      Settings settings,
      Threads threads) {
    this.peer = peer;
    this.binding = binding;
    this.connected = connected;
    this.settings = settings;
    this.threads = threads;
    this.pipe = pipe;
    this.frames = new FrameReader(pipe);
    this.channels = new Channels(this, settings.maxChannels(), connected);
    this.windows = new Windows(settings.receiveBufferBytes(), settings.maxChannels());
    this.sender = new Sender(this, pipe);
    this.receiver = new Receiver(this, frames);
    String name = Failures.shown(peer);
    this.reading = Threads.thread(this::read, "peerworks-direct-read-" + name);
    this.writing = Threads.thread(sender::run, "peerworks-direct-write-" + name);
  }

  /**
   * Says that this side has let the other one in, or takes its word for the same. Blocks.
   *
   * @throws IOException if the other side has not let this one in
   */
  void greet() throws IOException {
    if (connected) {
      expectHello();
      sayHello();
    } else {
      sayHello();
      expectHello();
    }
  }

  private void sayHello() throws IOException {
    ByteBuffer hello = Frames.number(Frames.HELLO, 0, Frames.VERSION);
    pipe.write(new ByteBuffer[] {hello}, 1);
  }

  private void expectHello() throws IOException {
    if (!frames.next() || frames.kind() != Frames.HELLO) {
      throw new IOException("The other side ended the connection before it had begun.");
    }
    int version = frames.number();
    if (version < 1) {
      throw new FrameException("speaks version " + version);
    }
  }

  /**
   * Begins to send and receive.
   *
   * @param arrived gets the channels that the other side opens
   */
  void start(Consumer<DirectChannel> arrived) {
    arrivals = arrived;
    writing.start();
    reading.start();
    long period = settings.graceMillis() / 3;
    watch = threads.every(period, () -> look(TimeUnit.MILLISECONDS.toNanos(period)));
  }

  private void read() {
    try {
      receiver.run();
    } finally {
      lose("The connection to '" + peer + "' failed; the log has more."); // unless it has ended
      finish();
    }
  }

  /** Is the last thing that the thread that reads does. */
  private void finish() {
    watch.cancel(false);
    try {
      writing.join(END_MILLIS);
      pipe.close();
      writing.join();
    } catch (IOException e) {
      LOG.warn("A connection to '{}' could not be closed", peer, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String reason = ending.get();
    threads.pool().execute(() -> closed.complete(reason));
  }

  private void look(long period) {
    long now = System.nanoTime();
    if (now - receiver.lastReceived() > TimeUnit.MILLISECONDS.toNanos(settings.graceMillis())) {
      lose("Nothing was heard from '" + peer + "' for too long.");
      closePipe();
    } else if (now - sender.lastSent() >= period) {
      sender.control(Frames.header(Frames.PING, 0, 0));
    }
  }

  String peer() {
    return peer;
  }

  /** The certificates that both sides have proved. */
  ChannelBinding binding() {
    return binding;
  }

  Executor pool() {
    return threads.pool();
  }

  Channels channels() {
    return channels;
  }

  Windows windows() {
    return windows;
  }

  Sender sender() {
    return sender;
  }

  Counters counters() {
    return counters;
  }

  Traffic traffic() {
    return counters.traffic(channels.bytesWaiting());
  }

  /** Whether a channel of this number was opened by this side. */
  boolean isOwn(int channel) {
    return (channel % 2 != 0) == connected;
  }

  CompletionStage<DirectChannel> open(String label, ChannelOptions options) {
    if (ending.get() != null) {
      return CompletableFuture.failedStage(
          Failures.of("The connection to '" + peer + "' is closed: " + ending.get()));
    }
    DirectChannel channel;
    try {
      channel = channels.openOwn(label);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
    Frames.Opening opening =
        new Frames.Opening(channel.window(), options.ordered(), label, options.protocol());
    sender.control(Frames.open(channel.id(), opening));
    Future<?> late =
        threads.after(
            settings.handshakeMillis(),
            () -> channel.notOpened("Channel '" + label + "' was not opened in time."));
    closeIfEnding();
    return channel
        .opened()
        .whenComplete((done, failure) -> late.cancel(false))
        .thenApply(done -> channel);
  }

  /** By the thread that reads. */
  void otherOpened(int id, Frames.Opening opening) throws FrameException {
    DirectChannel channel = channels.openOther(id, opening);
    if (channel != null) {
      sender.control(Frames.number(Frames.OPENED, id, channel.window()));
      arrivals.accept(channel);
      closeIfEnding();
    }
  }

  /** A channel that came while the connection ended must end too. */
  private void closeIfEnding() {
    String reason = ending.get();
    if (reason != null) {
      channels.all().forEach(channel -> channel.gone(reason));
    }
  }

  /** Completes, with the reason, when threads and socket are gone. */
  CompletionStage<String> closed() {
    return closed;
  }

  /** Ends this connection, and says so to the other side. Does not wait. */
  void close(String reason) {
    end(reason, "");
  }

  /** Ends a connection whose other side has broken its rules. */
  void broken(String reason) {
    if (ending.get() == null) {
      LOG.warn("{}", Failures.shown(reason));
    }
    end(reason, reason);
  }

  /** Ends a connection whose other side is gone. */
  void lose(String reason) {
    end(reason, "");
  }

  /** Reading or writing has failed. */
  void lost(Exception e) {
    LOG.debug("The connection to '{}' failed", peer, e);
    end("The connection to '" + peer + "' was lost: " + Failures.words(e) + ".", "");
    closePipe();
  }

  private void end(String reason, String told) {
    if (!ending.compareAndSet(null, reason)) {
      return;
    }
    channels.all().forEach(channel -> channel.gone(reason));
    sender.end(Frames.reason(Frames.GOODBYE, 0, told));
    // Whoever does not read is not waited for, nor whoever goes on talking.
    threads.after(END_MILLIS, this::closePipe);
    if (threads.ended()) {
      closePipe();
    }
  }

  /** Ends a connection that was never started. */
  void discard() {
    closePipe();
    closed.complete("It was not needed.");
  }

  /** Ends reading and writing, whatever they wait for. */
  void closePipe() {
    try {
      pipe.close();
    } catch (IOException e) {
      LOG.warn("A connection to '{}' could not be closed", peer, e);
    }
  }

  /** Answers whether both threads have ended within the time. */
  boolean join(long millis) throws InterruptedException {
    reading.join(Math.max(1, millis));
    return !reading.isAlive();
  }
}
