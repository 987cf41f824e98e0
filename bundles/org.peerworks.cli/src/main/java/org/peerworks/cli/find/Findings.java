package org.peerworks.cli.find;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.select.Choices;
import org.peerworks.cli.select.FileRows;
import org.peerworks.cli.select.Row;
import org.peerworks.cli.select.SearchRemarks;
import org.peerworks.files.api.Candidate;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchOutcome;
import org.peerworks.files.api.SearchRequest;

/** What a search at a worker has found so far, of the kind that is wanted. */
final class Findings implements Choices, AutoCloseable {

  private final Connection connection;
  private final Wanted wanted;
  private final Search search;
  private final CompletableFuture<SearchOutcome> outcome;
  private final CompletableFuture<Void> any = new CompletableFuture<>();
  private volatile List<Candidate> latest = List.of();
  private List<Candidate> rowsOf = List.of();
  private List<Row> rows = List.of();

  Findings(Connection connection, FileResolver files, String pattern, Wanted wanted) {
    this.connection = connection;
    this.wanted = wanted;
    search = files.resolve(SearchRequest.of(pattern), this::tell);
    outcome =
        search
            .outcome()
            .thenApply(
                end -> {
                  tell(end.candidates());
                  return end;
                })
            .toCompletableFuture();
  }

  private void tell(List<Candidate> best) {
    latest = best.stream().filter(candidate -> wanted.fits(candidate.file().name())).toList();
    if (!latest.isEmpty()) {
      any.complete(null);
    }
  }

  /** Waits until there is something to show, a little longer for the best of it, or the end. */
  void awaitFirst(Duration atMost) throws InterruptedException {
    connection.await(CompletableFuture.anyOf(any, outcome.exceptionally(failure -> null)));
    connection.await(
        outcome
            .<Void>handle((end, failure) -> null)
            .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS));
    if (outcome.isCompletedExceptionally()) {
      connection.await(outcome.copy());
    }
  }

  /** Waits for the end of the search. */
  SearchOutcome await() throws InterruptedException {
    return connection.await(outcome.copy());
  }

  @Override
  public void settle() throws InterruptedException {
    await();
  }

  List<Candidate> candidates() {
    return latest;
  }

  @Override
  public List<Row> rows() {
    List<Candidate> now = latest;
    if (now != rowsOf) {
      rowsOf = now;
      rows = now.stream().map(FileRows::of).toList();
    }
    return rows;
  }

  @Override
  public String status() {
    if (connection.isLost()) {
      return "the connection is lost";
    }
    if (!outcome.isDone() || outcome.isCompletedExceptionally()) {
      return outcome.isDone() ? "the search failed" : "still looking ...";
    }
    return String.join("; ", SearchRemarks.of(outcome.join()));
  }

  @Override
  public void close() {
    search.close();
  }
}
