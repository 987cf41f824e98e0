package org.peerworks.lib.sleap;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.peerworks.job.api.Progress;

/**
 * Lets at most two reports a second through, always the newest, never one that goes back. Not
 * thread-safe.
 */
public final class ProgressGate {

  private static final long INTERVAL = Duration.ofMillis(500).toNanos();

  private final Consumer<Progress> target;
  private final LongSupplier nanoTime;
  private Progress held;
  private long passedAt;
  private boolean passedAny;
  private long furthest;

  public ProgressGate(Consumer<Progress> target) {
    this(target, System::nanoTime);
  }

  ProgressGate(Consumer<Progress> target, LongSupplier nanoTime) {
    this.target = target;
    this.nanoTime = nanoTime;
  }

  /** Reports how far the work is; dropped if it is behind an earlier report. */
  public void offer(Progress progress) {
    if (progress.done() < furthest) {
      return;
    }
    furthest = progress.done();
    held = progress;
    if (!passedAny || nanoTime.getAsLong() - passedAt >= INTERVAL) {
      flush();
    }
  }

  /** Lets the newest report through if it was held back. Call it when a step ends. */
  public void flush() {
    if (held != null) {
      passedAt = nanoTime.getAsLong();
      passedAny = true;
      Progress progress = held;
      held = null;
      target.accept(progress);
    }
  }
}
