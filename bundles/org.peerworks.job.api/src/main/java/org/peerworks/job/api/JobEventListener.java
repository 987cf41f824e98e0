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
}
