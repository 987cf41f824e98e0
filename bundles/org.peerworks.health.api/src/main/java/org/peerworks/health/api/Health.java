package org.peerworks.health.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Tells whether this worker is well. Thread-safe. */
@ProviderType
public interface Health {

  /**
   * Runs checks, all at once; none waits for another. Takes 10 s at most: a check that has not
   * answered by then is an error.
   *
   * @param tag runs only those with this tag; empty for all
   * @return by name
   * @throws InterruptedException if this thread was interrupted; the checks are too
   */
  List<CheckResult> check(String tag) throws InterruptedException;

  /** How far the worker has come, lowest level first. Does not block. */
  List<Readiness> readiness();
}
