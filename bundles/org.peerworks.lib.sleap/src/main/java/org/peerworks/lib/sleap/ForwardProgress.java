package org.peerworks.lib.sleap;

import java.util.function.Consumer;
import org.peerworks.job.api.Progress;

/**
 * Lets reports through that do not go back behind an earlier one; how many are told is the job
 * engine's affair. Not thread-safe.
 */
public final class ForwardProgress implements Consumer<Progress> {

  private final Consumer<Progress> target;
  private long furthest;

  public ForwardProgress(Consumer<Progress> target) {
    this.target = target;
  }

  /** Reports how far the work is; dropped if it is behind an earlier report. */
  @Override
  public void accept(Progress progress) {
    if (progress.done() >= furthest) {
      furthest = progress.done();
      target.accept(progress);
    }
  }
}
