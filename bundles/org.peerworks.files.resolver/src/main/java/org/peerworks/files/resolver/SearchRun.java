package org.peerworks.files.resolver;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One search over some mounts, from its start to its outcome. Thread-safe. */
final class SearchRun implements Search {

  private static final Logger LOG = LoggerFactory.getLogger(SearchRun.class);

  private final NameMatcher matcher;
  private final int maxDepth;
  private final Best best = new Best(FileResolver.MOST_CANDIDATES);
  private final LongAdder seen = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final SearchListener listener;
  private final Executor answers;
  private final CompletableFuture<SearchOutcome> outcome = new CompletableFuture<>();
  private final List<MountSearch> searches = new ArrayList<>();
  private final long start = System.nanoTime();
  private final long limitNanos;
  private final AtomicBoolean telling = new AtomicBoolean();
  private volatile ScheduledFuture<?> clock;
  private volatile boolean deeper;
  private final AtomicBoolean over = new AtomicBoolean();
  private long told;

  SearchRun(
      NameMatcher matcher,
      int maxDepth,
      long limitNanos,
      SearchListener listener,
      Executor answers) {
    this.matcher = matcher;
    this.maxDepth = maxDepth;
    this.limitNanos = limitNanos;
    this.listener = listener;
    this.answers = answers;
  }

  /** Begins in some mounts. */
  void start(List<MountSearch> mounts) {
    searches.addAll(mounts);
    searches.forEach(MountSearch::start);
    look();
  }

  /** Has {@link #look} called from time to time until the end. */
  void clock(ScheduledFuture<?> ticking) {
    clock = ticking;
    if (outcome.isDone()) {
      ticking.cancel(false);
    }
  }

  NameMatcher matcher() {
    return matcher;
  }

  int maxDepth() {
    return maxDepth;
  }

  Best best() {
    return best;
  }

  /** Whether a file of that match would change nothing of the outcome, whatever its size is. */
  boolean isBelow(NameMatcher.Match match, int names) {
    return best.isBelow(matcher.most(match, names));
  }

  LongAdder seen() {
    return seen;
  }

  LongAdder skipped() {
    return skipped;
  }

  /** There are directories below the deepest ones that are looked into. */
  void foundDeeper() {
    deeper = true;
  }

  boolean isDeeper() {
    return deeper;
  }

  /** Whether there is nothing left to do. */
  boolean over() {
    return over.get();
  }

  /** Tells the listener what is new, and ends what takes too long. */
  void look() {
    if (searches.stream().allMatch(MountSearch::finished)) {
      end(false);
    } else if (System.nanoTime() - start >= limitNanos) {
      end(true);
    } else if (telling.compareAndSet(false, true)) {
      try {
        answers.execute(this::tell);
      } catch (java.util.concurrent.RejectedExecutionException e) {
        telling.set(false); // the resolver goes away, and ends this search
      }
    }
  }

  private void tell() {
    try {
      long version = best.version();
      if (version != told && !over.get()) {
        told = version;
        listener.onCandidates(best.list());
      }
    } catch (RuntimeException e) {
      LOG.warn("A listener of a search has failed", e);
    } finally {
      telling.set(false);
    }
  }

  private void end(boolean timeout) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    ScheduledFuture<?> ticking = clock;
    if (ticking != null) {
      ticking.cancel(false);
    }
    List<String> unavailable =
        searches.stream().filter(MountSearch::unavailable).map(MountSearch::label).toList();
    SearchOutcome found =
        new SearchOutcome(
            best.list(),
            best.truncated(),
            timeout,
            deeper,
            (System.nanoTime() - start) / 1_000_000,
            seen.sum(),
            skipped.sum(),
            unavailable);
    outcome.completeAsync(() -> found, answers);
  }

  /** Gives up, as the resolver goes away. */
  void abort() {
    over.set(true);
    outcome.completeExceptionally(
        new FileAccessException(Code.UNAVAILABLE, "The worker's file resolver has stopped."));
  }

  @Override
  public CompletionStage<SearchOutcome> outcome() {
    return outcome.minimalCompletionStage();
  }

  @Override
  public void close() {
    end(true);
  }
}
