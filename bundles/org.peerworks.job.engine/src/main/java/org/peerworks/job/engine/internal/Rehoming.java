package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves jobs that wait for a version that was withdrawn, or has been gone for long, to the one that
 * takes new jobs, if their parameters suit it. One thread.
 */
final class Rehoming {

  private static final Logger LOG = LoggerFactory.getLogger(Rehoming.class);

  private final TypeRegistry types;
  private final Scheduler scheduler;
  private final Store store;
  private final long patience;
  private Set<String> unsuited = new HashSet<>();
  private Set<String> unsuitedNow = new HashSet<>();

  Rehoming(Config config, TypeRegistry types, Scheduler scheduler, Store store) {
    this.types = types;
    this.scheduler = scheduler;
    this.store = store;
    this.patience = Duration.ofSeconds(config.executorWaitSeconds()).toNanos();
  }

  /** Moves what is to be moved now. Blocks. */
  void look() {
    boolean moved = false;
    unsuitedNow = new HashSet<>();
    for (TypeKey version : scheduler.waitedFor()) {
      Optional<RegisteredType> other = refuge(version);
      if (other.isPresent()) {
        moved |= move(version, other.get());
      }
    }
    unsuited = unsuitedNow;
    if (moved) {
      scheduler.dispatch();
    }
  }

  private Optional<RegisteredType> refuge(TypeKey version) {
    Optional<RegisteredType> other =
        types.main(version.type()).filter(type -> !type.key().equals(version));
    boolean withdrawn = is(version, Standing.Health.WITHDRAWN);
    boolean gone = types.goneNanos(version) > patience;
    return other.filter(type -> gone || (withdrawn && !is(type.key(), Standing.Health.WITHDRAWN)));
  }

  private boolean is(TypeKey version, Standing.Health health) {
    return types.standing(version).filter(one -> one.health() == health).isPresent();
  }

  private boolean move(TypeKey from, RegisteredType to) {
    List<Long> moved = new ArrayList<>();
    for (QueuedJob job : scheduler.waiting(from)) {
      if (suits(job, to) && scheduler.pin(job, to)) {
        moved.add(job.seq());
      }
    }
    if (moved.isEmpty()) {
      return false;
    }
    LOG.warn(
        "{} waiting jobs of '{}' move from version {} to {}",
        moved.size(),
        from.type(),
        from.version(),
        to.version());
    // Where this is not stored they are moved again at the next start.
    store
        .writer()
        .write(
            rows -> {
              for (long seq : moved) {
                rows.pin(seq, to);
              }
              return null;
            })
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn("The other version of {} jobs is not stored", moved.size(), failure);
              }
            });
    return true;
  }

  private boolean suits(QueuedJob job, RegisteredType to) {
    try {
      Optional<StoredJob> stored =
          job.whole().isPresent() ? job.whole() : store.readers().read(q -> q.job(job.id()));
      if (stored.isEmpty()) {
        return false; // it was cancelled just now
      }
      to.schema().require(stored.get().parameters());
      return true;
    } catch (IllegalArgumentException e) {
      unsuitedNow.add(job.id());
      if (!unsuited.contains(job.id())) {
        LOG.warn(
            "Job '{}' stays with version {} of '{}', for version {} does not take it: {}",
            job.id(),
            job.version(),
            job.type(),
            to.version(),
            e.getMessage());
      }
    } catch (IOException e) {
      LOG.error("Job '{}' could not be moved to version {}", job.id(), to.version(), e);
    }
    return false;
  }
}
