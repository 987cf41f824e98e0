package org.peerworks.health.api;

import java.time.Instant;

/**
 * How far a worker has come. While a level is reached there is a service {@code
 * org.osgi.service.condition.Condition} (OSGi Core R8, chapter "Condition Service") whose property
 * {@code osgi.condition.id} is {@link #CONDITION} and the name of the level, so that components can
 * wait for it with a reference.
 *
 * @param name of the level: {@code framework}, {@code store}, {@code jobs}, {@code room}
 * @param reached whether it is reached now
 * @param since when that has become so, by the worker's clock
 * @param waitsFor what is missing, for people; empty if it is reached
 */
public record Readiness(String name, boolean reached, Instant since, String waitsFor) {

  /** What comes before the name in the condition's id. */
  public static final String CONDITION = "org.peerworks.ready.";
}
