package org.peerworks.protocol.sleap.internal.worker;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.peerworks.protocol.sleap.internal.auth.Authentication;
import org.peerworks.transport.api.ChannelListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel of a client. What it may do depends on this object alone: not on the channel's label,
 * not on what the client was before, not on what it says of itself (sleap-rtc §6, S1–S3).
 */
final class Connection implements ChannelListener {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final Lane lane;
  private final WorkerLimits limits;
  private final Runnable left;
  private final Rate rate;
  private final AtomicBoolean gone = new AtomicBoolean();
  private final Phase first;

  /** Of the message that is handled. */
  private final Lock turn = new ReentrantLock();

  private volatile Phase phase;
  private volatile long lastHeard = System.nanoTime();
  private volatile long lastActive = System.nanoTime();

  /** Makes what serves a client that may come in. */
  interface Door {

    /**
     * @param identity proven; blank if none is
     */
    Phase open(Lane lane, String identity);
  }

  /**
   * @param left called once, when the client is gone
   */
  Connection(Lane lane, WorkerLimits limits, Authentication.Mode mode, Door door, Runnable left) {
    this.lane = lane;
    this.limits = limits;
    this.left = left;
    this.rate = new Rate(limits.messagesPerSecond(), System.nanoTime());
    this.first =
        mode.required() || mode.verifier().isPresent()
            ? new Challenge(lane, limits.auth(), mode.verifier(), entry(door))
            : door.open(lane, "");
    this.phase = first;
  }

  /** What was said early comes first; whatever arrives meanwhile waits for its turn. */
  private Challenge.Entry entry(Door door) {
    return (identity, welcome, early) -> {
      turn.lock();
      try {
        enter(door, identity);
        welcome.run();
        early.forEach(text -> guarded(() -> phase.onText(text)));
      } finally {
        turn.unlock();
      }
    };
  }

  private void enter(Door door, String identity) {
    synchronized (gone) {
      if (!gone.get()) {
        phase = door.open(lane, identity);
      }
    }
  }

  /** Sends the challenge, if there is one. To be called once the channel receives. */
  void begin() {
    if (first instanceof Challenge challenge) {
      challenge.begin();
    }
  }

  @Override
  public void onText(String text) {
    if (lane.isClosed()) {
      return;
    }
    long now = System.nanoTime();
    lastHeard = now;
    lastActive = now;
    if (text.length() > limits.longestText()) {
      refuse("a message of %d characters, the limit is %d", text.length(), limits.longestText());
    } else if (!rate.allows(now)) {
      refuse("more than %d messages per second", limits.messagesPerSecond());
    } else {
      guarded(() -> phase.onText(text));
    }
  }

  private void refuse(String why, Object... values) {
    LOG.warn("Closed the channel of peer '{}': {}", lane.peer(), why.formatted(values));
    lane.close();
  }

  @Override
  public void onBinary(ByteBuffer message) {
    if (lane.isClosed()) {
      return;
    }
    long now = System.nanoTime();
    lastHeard = now;
    if (!Lane.isKeepAlive(message)) {
      lastActive = now;
      guarded(() -> phase.onBinary(message));
    }
  }

  private void guarded(Runnable task) {
    turn.lock();
    try {
      if (!lane.isClosed()) {
        task.run();
      }
    } catch (RuntimeException e) {
      LOG.error("A message of peer '{}' could not be handled", lane.peer(), e);
      lane.close();
    } finally {
      turn.unlock();
    }
  }

  /** Called about once a second. */
  void tick() {
    long now = System.nanoTime();
    phase.tick(now);
    if (now - lastHeard > limits.idle().toNanos() && !phase.isBusy()) {
      LOG.info(
          "Closed the channel of peer '{}': silent for {} s and no job",
          lane.peer(),
          limits.idle().toSeconds());
      lane.close();
    } else {
      lane.tick(limits);
    }
  }

  /** For how long the client has asked nothing; 0 while something goes on. */
  long idleNanos(long now) {
    return phase.isBusy() ? 0 : now - lastActive;
  }

  void close() {
    lane.close();
    onClosed("closed by this side");
  }

  @Override
  public void onClosed(String reason) {
    Phase last;
    synchronized (gone) {
      if (!gone.compareAndSet(false, true)) {
        return;
      }
      last = phase;
    }
    lane.close();
    last.onGone();
    left.run();
  }
}
