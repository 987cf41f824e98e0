package org.peerworks.files.resolver;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchOutcome;

/** A search that has not begun. */
record RefusedSearch(FileAccessException why) implements Search {

  @Override
  public CompletionStage<SearchOutcome> outcome() {
    return CompletableFuture.failedStage(why);
  }

  @Override
  public void close() {
    // There is nothing to end.
  }
}
