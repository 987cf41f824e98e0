package org.peerworks.job.api;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/** Receives events, one at a time. */
@ConsumerType
public interface JobEventListener {

  /**
   * @return the next event is delivered when this completes; a slow listener therefore costs no
   *     memory. If it fails, the subscription ends.
   */
  CompletionStage<Void> onEvent(JobEvent event);

  /**
   * No more events will come: the subscription was closed, its job is final, or the source went
   * away.
   */
  default void onEnd() {}

  /**
   * Called instead of {@link #onEnd()} if the subscription was refused, or has failed: nothing, or
   * nothing more, will come.
   *
   * @param why {@link JobException.Code#LIMIT} if too many subscriptions are open
   */
  default void onFailed(JobException why) {
    onEnd();
  }
}
