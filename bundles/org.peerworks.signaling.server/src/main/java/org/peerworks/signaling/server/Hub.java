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
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** All open conversations, and what they share. Thread-safe. */
final class Hub {

  private static final double BURST_SECONDS = 10;
  private static final int PER_SIGN_IN = 10;

  private final Set<Conversation> open = new HashSet<>();
  private final Map<String, Integer> openByAddress = new HashMap<>();
  private final Limits limits;
  private final Clock clock;
  private final Registration registration;
  private final Routing routing;
  private final Metrics metrics;
  private final AddressLimits registrations;

  Hub(Limits limits, Clock clock, Registration registration, Metrics metrics) {
    this.limits = limits;
    this.clock = clock;
    this.registration = registration;
    this.routing = new Routing(limits);
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

  Instant now() {
    return clock.instant();
  }

  boolean mayRegister(InetAddress address) {
    return registrations.take(address);
  }

  /** Whether one more socket from there is welcome. */
  synchronized boolean mayOpen(InetAddress address) {
    return open.size() < limits.sockets()
        && openByAddress.getOrDefault(AddressLimits.key(address), 0) < limits.socketsPerAddress();
  }

  synchronized Conversation open(PeerSocket socket, InetAddress address) {
    RateLimit rate =
        new RateLimit(
            limits.messagesPerSecond(),
            limits.messagesPerSecond() * BURST_SECONDS,
            System::nanoTime);
    Conversation conversation = new Conversation(this, socket, address, rate, now());
    open.add(conversation);
    openByAddress.merge(AddressLimits.key(address), 1, Integer::sum);
    return conversation;
  }

  void ended(Conversation conversation) {
    synchronized (this) {
      if (!open.remove(conversation)) {
        return;
      }
      notifyAll();
      openByAddress.computeIfPresent(
          AddressLimits.key(conversation.address()), (key, count) -> count == 1 ? null : count - 1);
    }
    conversation.ended(now());
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
  }

  void ping(Pace pace) {
    Instant now = now();
    conversations().forEach(conversation -> conversation.ping(now, pace));
  }
}
