package org.peerworks.protocol.peerworks.internal.client;

import java.util.concurrent.CompletionStage;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchOutcome;
import org.peerworks.files.api.SearchRequest;

/** A search that is made anew when the connection is lost. Thread-safe. */
final class ResumingSearch implements Search {

  private final Sessions sessions;
  private final SearchRequest request;
  private final SearchListener listener;
  private CompletionStage<SearchOutcome> outcome;
  private Search current;
  private boolean closed;

  ResumingSearch(Sessions sessions, SearchRequest request, SearchListener listener) {
    this.sessions = sessions;
    this.request = request;
    this.listener = listener;
  }

  Search begin() {
    CompletionStage<SearchOutcome> found =
        Refusals.ofFiles(sessions.repeat(session -> ask(ResumingFiles.of(session))));
    synchronized (this) {
      outcome = found;
    }
    return this;
  }

  private CompletionStage<SearchOutcome> ask(FileResolver files) {
    Search search = files.resolve(request, listener);
    boolean unwanted;
    synchronized (this) {
      current = search;
      unwanted = closed;
    }
    if (unwanted) {
      search.close();
    }
    return search.outcome();
  }

  @Override
  public synchronized CompletionStage<SearchOutcome> outcome() {
    return outcome;
  }

  @Override
  public void close() {
    Search search;
    synchronized (this) {
      closed = true;
      search = current;
    }
    if (search != null) {
      search.close();
    }
  }
}
