package org.peerworks.job.engine.internal;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.peerworks.job.api.JobStopped;

/** Tells a running job that it is to end. The first reason stays. Thread-safe. */
final class StopSignal {

  private final CompletableFuture<Stop> request = new CompletableFuture<>();
  private final CompletableFuture<Void> hurry = new CompletableFuture<>();

  /**
   * @return whether this was the first request
   */
  boolean request(Stop stop) {
    boolean first = request.complete(stop);
    if (stop.hurry()) {
      hurry.complete(null);
    }
    return first;
  }

  /** Completes when there is no time for the full grace, whatever the first reason was. */
  CompletableFuture<Void> whenHurried() {
    return hurry.copy();
  }

  Optional<Stop> requested() {
    return Optional.ofNullable(request.getNow(null));
  }

  /** Completes with the request. */
  CompletableFuture<Stop> whenRequested() {
    return request.copy();
  }

  void check() {
    requested()
        .ifPresent(
            stop -> {
              throw new JobStopped(stop.reason());
            });
  }
}
