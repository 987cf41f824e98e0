package org.peerworks.health.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks at one part of a worker: a service with the properties {@link #NAME} and {@link #TAGS}. It
 * is called only when somebody asks, beside other checks, on a thread of the platform.
 */
@ConsumerType
public interface HealthCheck {

  /** Service property, a {@code String}: one or two words. */
  String NAME = "health.name";

  /** Service property, a {@code String} or several: by which tags this check can be chosen. */
  String TAGS = "health.tags";

  /**
   * Looks. Changes nothing.
   *
   * @return one finding or more
   * @throws InterruptedException if it is interrupted, as it is when it takes longer than 10 s
   * @throws Exception what goes wrong is a finding too, though one that knows no remedy
   */
  List<Finding> check() throws Exception;
}
