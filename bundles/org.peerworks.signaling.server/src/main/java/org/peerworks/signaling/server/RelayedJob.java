package org.peerworks.signaling.server;

import java.time.Duration;
import java.util.Set;

/** A job that was passed on to a worker, as far as the server knows of it. */
final class RelayedJob {

  /** A worker that has said nothing to a job for so long will not. */
  static final Duration ANSWER = Duration.ofSeconds(30);

  /** How long the end of a job can be read. */
  static final Duration AFTER_END = Duration.ofMinutes(5);

  /** A training may say nothing for hours. */
  static final Duration SILENCE = Duration.ofHours(24);

  private static final Set<String> ENDS = Set.of("rejected", "complete", "failed");

  private final String id;
  private final RelayedTo to;
  private final String account;
  private final Feed feed;
  private long heardAt;
  private boolean awaited = true;
  private boolean ended;

  /**
   * @param account who handed it in
   */
  RelayedJob(String id, RelayedTo to, String account, Feed feed, long now) {
    this.id = id;
    this.to = to;
    this.account = account;
    this.feed = feed;
    this.heardAt = now;
  }

  String id() {
    return id;
  }

  RelayedTo to() {
    return to;
  }

  String account() {
    return account;
  }

  Feed feed() {
    return feed;
  }

  synchronized boolean ended() {
    return ended;
  }

  /** The worker has said something of it. */
  synchronized void heard(String status, long now) {
    heardAt = now;
    awaited = false;
    ended = ended || ENDS.contains(status);
  }

  /** The worker is asked something, to which it must answer. */
  synchronized void asked(long now) {
    if (!ended) {
      heardAt = now;
      awaited = true;
    }
  }

  /** Whether the worker has not answered in time; then it has ended. */
  synchronized boolean givenUp(long now) {
    boolean late = !ended && passed(now, awaited ? ANSWER : SILENCE);
    if (late) {
      end(now);
    }
    return late;
  }

  synchronized void end(long now) {
    ended = true;
    heardAt = now;
  }

  /** Whether nobody can want to know of it any more. */
  synchronized boolean forgotten(long now) {
    return ended && passed(now, AFTER_END);
  }

  private boolean passed(long now, Duration duration) {
    return now - heardAt > duration.toNanos();
  }
}
