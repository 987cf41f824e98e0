package org.peerworks.health.api;

import org.osgi.annotation.versioning.ConsumerType;

/** Has figures to tell: a service. Called only when somebody collects them, one call at a time. */
@ConsumerType
@FunctionalInterface
public interface MetricSource {

  /**
   * Tells the figures of now, in some milliseconds. What is told before an exception counts.
   *
   * @param to valid during this call only
   */
  void measure(Metrics to);
}
