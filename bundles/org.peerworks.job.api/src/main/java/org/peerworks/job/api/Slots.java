package org.peerworks.job.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How much this worker can run at once. A service of the job engine; what it says stays the same as
 * long as the service is there. Thread-safe.
 */
@ProviderType
public interface Slots {

  /**
   * All slots of a kind, taken or free: so many jobs run on it at once at most.
   *
   * @param kind {@code cpu} or {@code gpu}
   * @return 0 or more
   */
  int count(String kind);

  /** The GPUs, one for each slot of the kind {@code gpu}, by index. */
  List<Gpu> gpus();
}
