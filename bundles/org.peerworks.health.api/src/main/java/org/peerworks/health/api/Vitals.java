package org.peerworks.health.api;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Parts of a bundle that a worker cannot do without, such as a thread that writes the store: a
 * service. The watchdog asks it every few seconds. Who does not answer in time is silent; then the
 * service manager is told nothing more, and restarts the worker.
 */
@ConsumerType
public interface Vitals {

  /**
   * Asks all parts for a sign of life. Returns at once; what it costs a part is next to nothing.
   *
   * @return by name of the part, in two or three words, a stage that completes when the part has
   *     done something for it, on the thread or with the lock that its work needs. A part that has
   *     failed and knows it completes with an exception: that is a sign of life too
   */
  Map<String, CompletionStage<?>> ask();
}
