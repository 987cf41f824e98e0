package org.peerworks.job.engine.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobTypeVersion;
import org.peerworks.job.api.JobTypes;
import org.peerworks.job.api.JobTypesListener;
import org.peerworks.job.api.Subscription;

/** What operators say about the versions of job types, and what they are told of them. */
final class TypeVersions implements JobTypes {

  private final TypeRegistry types;
  private final Scheduler scheduler;
  private final ToIntFunction<TypeKey> recovering;
  private final Standings standings;
  private final TypeNews news;

  /**
   * @param recovering how many jobs of a version ran when the worker ended and do not run yet
   */
  TypeVersions(
      TypeRegistry types,
      Scheduler scheduler,
      ToIntFunction<TypeKey> recovering,
      Standings standings,
      TypeNews news) {
    this.types = types;
    this.scheduler = scheduler;
    this.recovering = recovering;
    this.standings = standings;
    this.news = news;
  }

  @Override
  public List<JobTypeVersion> versions() {
    return types.standings().stream()
        .map(this::seen)
        .filter(
            version ->
                version.bundleId() >= 0
                    || version.running() > 0
                    || version.queued() > 0
                    || types.standing(key(version)).filter(Standing::saysMuch).isPresent())
        .toList();
  }

  private static TypeKey key(JobTypeVersion version) {
    return new TypeKey(version.type(), version.version());
  }

  /** A version as it stands now. */
  JobTypeVersion seen(Standing standing) {
    TypeKey key = standing.key();
    int share = types.share(key);
    long bundle = types.find(key.type(), key.version()).map(RegisteredType::bundleId).orElse(-1L);
    // In this order: a job on its way is counted twice rather than not at all.
    int queued = types.arriving(key) + scheduler.queued(key);
    int running = scheduler.running(key) + recovering.applyAsInt(key);
    return new JobTypeVersion(
        key.type(),
        key.version(),
        bundle,
        state(standing, bundle >= 0, share),
        reason(standing, bundle >= 0, share),
        share,
        running,
        queued,
        standing.ended(),
        standing.failed());
  }

  private static JobTypeVersion.State state(Standing standing, boolean here, int share) {
    return switch (standing.health()) {
      case RETIRED -> JobTypeVersion.State.RETIRED;
      case WITHDRAWN -> JobTypeVersion.State.WITHDRAWN;
      case PROVEN, TRIAL -> {
        if (!here) {
          yield JobTypeVersion.State.STOPPED;
        }
        if (share == 0) {
          yield JobTypeVersion.State.STANDBY;
        }
        yield standing.health() == Standing.Health.TRIAL
            ? JobTypeVersion.State.ON_TRIAL
            : JobTypeVersion.State.ACTIVE;
      }
    };
  }

  private static String reason(Standing standing, boolean here, int share) {
    if (standing.health() == Standing.Health.WITHDRAWN && share > 0) {
      return standing.reason() + " It still takes jobs, for no other version is here.";
    }
    if (standing.isHealthy() && !here) {
      return "Its bundle is stopped or gone.";
    }
    return standing.chosen() ? "Chosen by an operator." : standing.reason();
  }

  @Override
  public void use(String type, String version) {
    change(
        () -> {
          requireRunning(type, version);
          List<Standing> changed = new ArrayList<>();
          for (Standing one : ofType(type)) {
            if (one.version().equals(version)) {
              changed.add(reinstated(one).withChosen(true));
            } else if (one.chosen() || one.share() > 0) {
              changed.add(one.withChosen(false).withShare(0));
            }
          }
          return changed;
        });
  }

  @Override
  public void useHighest(String type) {
    change(
        () ->
            requireType(type).stream()
                .filter(one -> one.chosen() || one.share() > 0)
                .map(one -> one.withChosen(false).withShare(0))
                .toList());
  }

  @Override
  public void share(String type, String version, int percent) {
    if (percent < 0 || percent > 100) {
      throw invalid("A share is 0 to 100 percent, but was " + percent + ".");
    }
    change(
        () -> {
          Standing one = requireRunning(type, version);
          int others =
              ofType(type).stream()
                  .filter(other -> !other.version().equals(version))
                  .mapToInt(Standing::share)
                  .sum();
          if (others + percent > 100) {
            throw invalid(
                "Other versions of '"
                    + type
                    + "' have shares of "
                    + others
                    + " percent in all, so this one gets at most "
                    + (100 - others)
                    + ". Take back one of theirs first, with a share of 0.");
          }
          return List.of((percent > 0 ? reinstated(one) : one).withShare(percent));
        });
  }

  @Override
  public void retire(String type, String version, String reason) {
    if (reason.isBlank()) {
      throw invalid("Say why version " + version + " of '" + type + "' is retired.");
    }
    change(
        () -> {
          Standing one = requireKnown(type, version);
          return one.health() == Standing.Health.RETIRED
              ? List.of()
              : List.of(one.barred(Standing.Health.RETIRED, reason));
        });
  }

  @Override
  public void reinstate(String type, String version) {
    change(
        () -> {
          Standing one = requireKnown(type, version);
          return one.isHealthy() ? List.of() : List.of(reinstated(one));
        });
  }

  @Override
  public Subscription watch(JobTypesListener listener) {
    return news.watch(listener);
  }

  private Standing reinstated(Standing one) {
    return one.isHealthy()
        ? one
        : Standing.fresh(
            one.type(), one.version(), types.hasTrials() && ofType(one.type()).size() > 1);
  }

  private List<Standing> ofType(String type) {
    return types.standings().stream().filter(one -> one.type().equals(type)).toList();
  }

  private List<Standing> requireType(String type) {
    List<Standing> found = ofType(type);
    if (found.isEmpty()) {
      Set<String> names =
          types.standings().stream()
              .map(Standing::type)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      throw unknown(
          "There is no job type '"
              + shortened(type)
              + "'. "
              + (names.isEmpty()
                  ? "None was ever here."
                  : names.stream().collect(Collectors.joining("', '", "Known are '", "'."))));
    }
    return found;
  }

  private Standing requireKnown(String type, String version) {
    List<Standing> known = requireType(type);
    return known.stream()
        .filter(one -> one.version().equals(version))
        .findFirst()
        .orElseThrow(
            () ->
                unknown(
                    "Job type '"
                        + type
                        + "' has no version '"
                        + shortened(version)
                        + "'. Known are "
                        + known.stream().map(Standing::version).collect(Collectors.joining(", "))
                        + "."));
  }

  private Standing requireRunning(String type, String version) {
    Standing one = requireKnown(type, version);
    if (types.find(type, version).isEmpty()) {
      throw invalid(
          "Version "
              + version
              + " of '"
              + type
              + "' is not running. Start its bundle, or install it again.");
    }
    return one;
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private static JobException invalid(String message) {
    return new JobException(JobException.Code.INVALID, message);
  }

  private static JobException unknown(String message) {
    return new JobException(JobException.Code.UNKNOWN_TYPE, message);
  }

  private void change(Standings.Change change) {
    CompletableFuture<Void> done = standings.change(change);
    try {
      done.join();
    } catch (CompletionException | RejectedExecutionException e) {
      throw Refusals.of(e);
    }
  }
}
