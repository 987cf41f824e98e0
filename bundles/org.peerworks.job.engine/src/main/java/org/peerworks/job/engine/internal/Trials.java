package org.peerworks.job.engine.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.peerworks.job.api.JobState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the first jobs of new versions, and withdraws a version of which too many fail. */
final class Trials {

  private static final Logger LOG = LoggerFactory.getLogger(Trials.class);

  private final Config config;
  private final TypeRegistry types;
  private final Standings standings;
  private final Consumer<Standing> withdrawn;
  private final Consumer<Standing> proven;

  /**
   * @param withdrawn told of a version that did not pass
   * @param proven told of a version that did
   */
  Trials(
      Config config,
      TypeRegistry types,
      Standings standings,
      Consumer<Standing> withdrawn,
      Consumer<Standing> proven) {
    this.config = config;
    this.types = types;
    this.standings = standings;
    this.withdrawn = withdrawn;
    this.proven = proven;
  }

  /** A job of a version has ended. Returns at once. */
  void ended(TypeKey version, String jobId, Outcome outcome) {
    boolean tells = outcome.state() == JobState.SUCCEEDED || outcome.typeFailed();
    if (tells && onTrial(version).isPresent()) {
      standings.between(() -> count(version, jobId, outcome));
    }
  }

  private Optional<Standing> onTrial(TypeKey version) {
    return types.standing(version).filter(one -> one.health() == Standing.Health.TRIAL);
  }

  private void count(TypeKey version, String jobId, Outcome outcome) {
    onTrial(version)
        .map(before -> before.counted(outcome.typeFailed()))
        .ifPresent(now -> judge(now, jobId, outcome));
  }

  private void judge(Standing now, String jobId, Outcome outcome) {
    try {
      if (now.failed() >= config.trialFailures()) {
        Standing barred = now.barred(Standing.Health.WITHDRAWN, reason(now, jobId, outcome));
        standings.keep(List.of(barred));
        LOG.error(
            "Withdrew version {} of job type '{}': {}", now.version(), now.type(), barred.reason());
        withdrawn.accept(barred);
      } else if (now.ended() >= config.trialJobs()) {
        Standing good = now.proven();
        standings.keep(List.of(good));
        LOG.info("Version {} of job type '{}' has passed its trial", now.version(), now.type());
        proven.accept(good);
      } else {
        standings.keep(List.of(now));
      }
    } catch (CompletionException e) {
      LOG.error("How the first jobs of {} went is not stored", now.key(), e);
    }
  }

  private static String reason(Standing now, String jobId, Outcome outcome) {
    return now.failed()
        + " of its first "
        + (now.ended() == 1 ? "job" : now.ended() + " jobs")
        + " failed, the last one '"
        + jobId
        + "': "
        + (outcome.reason().isBlank() ? "it gave no reason." : outcome.reason());
  }
}
