package org.peerworks.protocol.peerworks.internal.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.peerworks.files.api.Candidate;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchOutcome;

/** A search that a worker makes for this client. Thread-safe. */
final class RemoteSearch implements Search {

  private final SearchListener listener;
  private final Executor pool;
  private final Runnable cancel;
  private final CompletableFuture<SearchOutcome> outcome = new CompletableFuture<>();
  private List<Candidate> latest;
  private boolean telling;

  RemoteSearch(SearchListener listener, Executor pool, Runnable cancel) {
    this.listener = listener;
    this.pool = pool;
    this.cancel = cancel;
  }

  /** Hands on what was found so far; a slow listener gets only the latest. */
  void tell(List<Candidate> best) {
    synchronized (this) {
      latest = best;
      if (telling) {
        return;
      }
      telling = true;
    }
    Pools.run(pool, this::tellAll);
  }

  private void tellAll() {
    for (List<Candidate> best = next(); best != null; best = next()) {
      listener.onCandidates(best);
    }
  }

  private synchronized List<Candidate> next() {
    List<Candidate> best = outcome.isDone() ? null : latest;
    latest = null;
    telling = best != null;
    return best;
  }

  void end(SearchOutcome found, Throwable failure) {
    if (failure == null) {
      outcome.complete(found);
    } else {
      outcome.completeExceptionally(failure);
    }
  }

  @Override
  public CompletionStage<SearchOutcome> outcome() {
    return outcome.minimalCompletionStage();
  }

  @Override
  public void close() {
    if (!outcome.isDone()) {
      cancel.run();
    }
  }
}
