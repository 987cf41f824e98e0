package org.peerworks.job.engine.internal;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.peerworks.job.api.JobTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the versions of job types: their trials, their choice, and jobs that lost theirs. */
final class TypeCare {

  private static final Logger LOG = LoggerFactory.getLogger(TypeCare.class);

  private final TypeRegistry types;
  private final ScheduledExecutorService timer;
  private final long patienceMillis;
  private final Standings standings;
  private final TypeNews news;
  private final Rehoming rehoming;
  private final Trials trials;
  private final TypeVersions versions;

  TypeCare(
      Config config,
      Store store,
      TypeRegistry types,
      Scheduler scheduler,
      Recovery recovery,
      Threads threads) {
    this.types = types;
    this.timer = threads.timer();
    this.patienceMillis = TimeUnit.SECONDS.toMillis(config.executorWaitSeconds());
    news = new TypeNews(threads.told());
    rehoming = new Rehoming(config, types, scheduler, store);
    standings = new Standings(types, store.writer(), threads.types(), this::lookNow);
    versions = new TypeVersions(types, scheduler, recovery::count, standings, news);
    trials =
        new Trials(
            config,
            types,
            standings,
            one -> news.withdrawn(versions.seen(one)),
            one -> news.proven(versions.seen(one)));
  }

  JobTypes versions() {
    return versions;
  }

  /**
   * A version came.
   *
   * @param fresh what is to be stored of it
   */
  void came(Optional<Standing> fresh) {
    standings.seen(fresh);
  }

  /** A version went: what waits for it does not wait for ever. */
  void went() {
    look();
    try {
      timer.schedule(this::look, patienceMillis + 100, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("What waits for a job type waits for the next start", e);
    }
  }

  /** A job of a version has ended. */
  void ended(RunningJob job, Outcome outcome) {
    trials.ended(job.kind(), job.id(), outcome);
  }

  /** A version has a job more or less; only of those that take no new jobs this is news. */
  void moved(TypeKey version) {
    if (types.share(version) == 0) {
      look();
    }
  }

  /** Looks who waits for nothing, and who has nothing to do. Returns at once. */
  void look() {
    standings.between(this::lookNow);
  }

  private void lookNow() {
    rehoming.look();
    news.look(versions.versions());
  }
}
