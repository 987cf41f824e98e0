package org.peerworks.signaling.server;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.peerworks.signaling.server.basic.AddressLimits;
import org.peerworks.signaling.server.basic.RateLimit;

/** All open conversations, and what they share. Thread-safe. */
final class Hub {

  private static final double BURST_SECONDS = 10;
  private static final int PER_SIGN_IN = 10;

  private final Set<Conversation> open = new HashSet<>();
  private final Set<Seat> seats = new HashSet<>();
  private final Map<String, Integer> seatsByAddress = new HashMap<>();
  private final Limits limits;
  private final Clock clock;
  private final Instant started;
  private final long startedNanos = System.nanoTime();
  private final Registration registration;
  private final Routing routing;
  private final Metrics metrics;
  private final AddressLimits registrations;

  Hub(Limits limits, Clock clock, Registration registration, Relay relay, Metrics metrics) {
    this.limits = limits;
    this.clock = clock;
    this.started = clock.instant();
    this.registration = registration;
    this.routing = new Routing(limits, relay);
    this.metrics = metrics;
    this.registrations =
        new AddressLimits(limits.signInsPerMinute() * PER_SIGN_IN, System::nanoTime);
  }

  Registration registration() {
    return registration;
  }

  Routing routing() {
    return routing;
  }

  Metrics metrics() {
    return metrics;
  }

  /** Runs evenly, whatever becomes of the clock: for what lasts so long or longer. */
  Instant now() {
    return started.plusNanos(System.nanoTime() - startedNanos);
  }

  /** What time it is: for what is stored. */
  Instant time() {
    return clock.instant();
  }

  boolean mayRegister(InetAddress address) {
    return registrations.take(address);
  }

  /** A place for one more socket, counted from now on; empty if there is none. */
  synchronized Optional<Seat> seat(InetAddress address) {
    if (seats.size() >= limits.sockets()
        || seatsByAddress.getOrDefault(AddressLimits.key(address), 0)
            >= limits.socketsPerAddress()) {
      return Optional.empty();
    }
    Seat seat = new Seat(address, now());
    seats.add(seat);
    seatsByAddress.merge(AddressLimits.key(address), 1, Integer::sum);
    return Optional.of(seat);
  }

  /** Somebody sits down; empty if that took so long that the place was given up. */
  synchronized Optional<Conversation> open(Seat seat, PeerSocket socket) {
    if (!seats.contains(seat)) {
      return Optional.empty();
    }
    RateLimit rate =
        new RateLimit(
            limits.messagesPerSecond(),
            limits.messagesPerSecond() * BURST_SECONDS,
            System::nanoTime);
    Conversation conversation = new Conversation(this, socket, seat, rate, now());
    open.add(conversation);
    return Optional.of(conversation);
  }

  /** Nobody will sit here, or nobody does any more. */
  synchronized void free(Seat seat) {
    if (seats.remove(seat)) {
      seatsByAddress.computeIfPresent(
          AddressLimits.key(seat.address()), (key, count) -> count == 1 ? null : count - 1);
    }
  }

  void ended(Conversation conversation) {
    synchronized (this) {
      if (!open.remove(conversation)) {
        return;
      }
      notifyAll();
      free(conversation.seat());
    }
    conversation.ended(time());
  }

  synchronized List<Conversation> conversations() {
    return new ArrayList<>(open);
  }

  /** Waits until no connection is open, at most for so long. */
  synchronized void awaitEnd(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (!open.isEmpty() && deadline - System.nanoTime() > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void checkRegistered(Pace pace) {
    Instant now = now();
    conversations().forEach(conversation -> conversation.checkRegistered(now, pace));
    freeUnused(now.minus(pace.registerWithin()));
  }

  /** An upgrade may end without a word from Jetty. */
  private synchronized void freeUnused(Instant before) {
    Set<Seat> used = new HashSet<>();
    open.forEach(conversation -> used.add(conversation.seat()));
    List<Seat> unused =
        seats.stream()
            .filter(seat -> seat.since().isBefore(before) && !used.contains(seat))
            .toList();
    unused.forEach(this::free);
  }

  void ping(Pace pace) {
    Instant now = now();
    conversations().forEach(conversation -> conversation.ping(now, pace));
  }
}
