package org.peerworks.protocol.sleap.internal.worker;

import java.util.concurrent.Executor;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.Jobs;

/**
 * What the parts of one client's session share.
 *
 * @param caller who the client is to the job engine
 * @param clients what all clients share
 */
record SessionContext(Lane lane, Caller caller, JobQueue queue, Results results, Shared clients) {

  /** What all clients share. */
  record Shared(
      WorkerLimits limits,
      Services services,
      InputPlaces places,
      Space space,
      Staging staging,
      HashCache cache,
      Executor pool) {}

  Jobs jobs() {
    return clients.services().jobs(caller);
  }

  WorkerLimits limits() {
    return clients.limits();
  }

  Services services() {
    return clients.services();
  }

  Space space() {
    return clients.space();
  }

  Staging staging() {
    return clients.staging();
  }

  Executor pool() {
    return clients.pool();
  }
}
