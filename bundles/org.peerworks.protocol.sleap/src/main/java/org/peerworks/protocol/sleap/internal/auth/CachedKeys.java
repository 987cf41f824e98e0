package org.peerworks.protocol.sleap.internal.auth;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Keeps keys for a while, so that their server is not asked for each client. An answer that failed
 * is not kept; while one is awaited all wait for the same.
 */
public final class CachedKeys implements AuthorizedKeys {

  private final AuthorizedKeys source;
  private final Duration age;
  private final LongSupplier clock;
  private CompletableFuture<List<byte[]>> kept;
  private long keptSince;

  /**
   * @param clock of nanoseconds
   */
  public CachedKeys(AuthorizedKeys source, Duration age, LongSupplier clock) {
    this.source = source;
    this.age = age;
    this.clock = clock;
  }

  @Override
  public CompletionStage<List<byte[]>> fetch() {
    CompletableFuture<List<byte[]>> mine;
    synchronized (this) {
      long now = clock.getAsLong();
      if (kept != null && !kept.isCompletedExceptionally() && now - keptSince < age.toNanos()) {
        return kept.copy();
      }
      mine = new CompletableFuture<>();
      kept = mine;
      keptSince = now;
    }
    source
        .fetch()
        .whenComplete(
            (keys, failure) -> {
              if (failure == null) {
                mine.complete(keys);
              } else {
                mine.completeExceptionally(failure);
              }
            });
    return mine.copy();
  }
}
