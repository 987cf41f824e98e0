package org.peerworks.job.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.peerworks.lib.files.AtomicFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Talks with one running trainer: hears its messages, and asks it to stop. Where it does not
 * listen, or goes on nevertheless, it is interrupted as by Ctrl-C. One thread does all of it, from
 * {@link #open} to {@link #close}.
 *
 * <p>The ports are kept in a file of the job, so that a trainer which outlived the worker is found
 * again. If somebody else has them by then, nothing is heard, and the trainer's log has to do.
 */
final class TrainerLink implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TrainerLink.class);
  private static final byte[] STOP = "{\"command\":\"stop\"}".getBytes(StandardCharsets.UTF_8);
  private static final int POLL_MILLIS = 50;
  private static final long REPEAT = Duration.ofSeconds(1).toNanos();
  private static final long END_MILLIS = 5000;

  private final Optional<TrainerSockets> sockets;
  private final Consumer<TrainerMessage> heard;
  private final BooleanSupplier interrupt;
  private final long grace;
  private final Thread thread;
  private volatile boolean stopAsked;
  private volatile boolean closed;

  // the rest belongs to the thread
  private long askedAt;
  private long saidAt;
  private boolean begun;
  private boolean interrupted;

  private TrainerLink(
      Optional<TrainerSockets> sockets,
      String name,
      Consumer<TrainerMessage> heard,
      BooleanSupplier interrupt,
      Duration grace) {
    this.sockets = sockets;
    this.heard = heard;
    this.interrupt = interrupt;
    this.grace = grace.toNanos();
    this.thread = new Thread(this::run, "trainer-link-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * @param file keeps the ports
   * @param name of the job, for the thread's
   * @param heard hears the trainer's messages, on the thread of this link
   * @param interrupt interrupts the trainer; false while there is none to interrupt
   * @param grace how long a trainer that listens has from being asked to being interrupted
   */
  static TrainerLink open(
      Path file,
      String name,
      Consumer<TrainerMessage> heard,
      BooleanSupplier interrupt,
      Duration grace)
      throws IOException {
    Optional<TrainerSockets> sockets;
    if (Files.exists(file)) {
      sockets = TrainerSockets.bind(TrainerPorts.parse(Files.readString(file)));
    } else {
      sockets = TrainerSockets.bindAny();
      if (sockets.isPresent()) {
        byte[] ports = sockets.get().ports().toString().getBytes(StandardCharsets.US_ASCII);
        Files.createDirectories(file.getParent());
        try {
          AtomicFiles.write(file, ports);
        } catch (IOException e) {
          sockets.get().close();
          throw e;
        }
      }
    }
    return new TrainerLink(sockets, name, heard, interrupt, grace);
  }

  /** For a program that does not talk: it can only be interrupted. */
  static TrainerLink mute(String name, BooleanSupplier interrupt) {
    return new TrainerLink(Optional.empty(), name, message -> {}, interrupt, Duration.ZERO);
  }

  /** What to tell the trainer; empty if it cannot be heard. */
  Optional<TrainerPorts> ports() {
    return sockets.map(TrainerSockets::ports);
  }

  /** Asks the trainer to stop and keep what it has. Returns at once. */
  void stop() {
    stopAsked = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    try {
      while (!closed) {
        if (sockets.isPresent()) {
          sockets.get().listen(POLL_MILLIS, this::receive);
        } else if (stopAsked && !interrupted) {
          LockSupport.parkNanos(Duration.ofMillis(POLL_MILLIS).toNanos());
        } else {
          LockSupport.park();
        }
        if (stopAsked && !closed) {
          ask();
        }
      }
    } catch (RuntimeException | Error e) { // the trainer's log goes on to tell how far it is
      LOG.error("Nothing more is heard from the trainer", e);
    } finally {
      sockets.ifPresent(TrainerSockets::close);
    }
  }

  private void receive(byte[] bytes) {
    TrainerMessage.read(bytes).ifPresent(heard);
  }

  private void ask() {
    long now = System.nanoTime();
    if (!begun) {
      begun = true;
      askedAt = now;
      saidAt = now - REPEAT;
    }
    boolean listens = sockets.isPresent() && sockets.get().hasListener();
    if (listens && now - askedAt < grace) {
      if (now - saidAt >= REPEAT) {
        saidAt = now;
        sockets.get().say(STOP);
      }
    } else if (!interrupted) {
      interrupted = interrupt.getAsBoolean();
    }
  }

  /** Lets go of the ports. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
