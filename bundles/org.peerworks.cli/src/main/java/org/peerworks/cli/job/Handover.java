package org.peerworks.cli.job;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.peerworks.job.api.TransferListener;

/**
 * Whether the files of a submit are still on their way. Only when all have arrived may the worker
 * have been asked to take the job. Thread-safe.
 */
final class Handover implements TransferListener {

  private final boolean anyFiles;
  private final TransferListener next;
  private final Map<String, Long> missing = new HashMap<>();
  private final CompletableFuture<Void> onItsWay = new CompletableFuture<>();
  private boolean watched;

  /**
   * @param files number of files of the submit
   * @param next is told as well
   */
  Handover(int files, TransferListener next) {
    this.anyFiles = files > 0;
    this.next = next;
  }

  @Override
  public void transferred(String name, long done, long total) {
    synchronized (this) {
      missing.put(name, total - done);
      if (watched && underWay()) {
        onItsWay.complete(null);
      }
    }
    next.transferred(name, done, total);
  }

  /** Whether a file is known to be on its way, so that the worker was not asked yet. */
  synchronized boolean underWay() {
    return anyFiles
        && (missing.isEmpty() || missing.values().stream().anyMatch(bytes -> bytes > 0));
  }

  /** Completes once {@link #underWay()} holds. */
  synchronized CompletionStage<Void> untilUnderWay() {
    watched = true;
    if (underWay()) {
      onItsWay.complete(null);
    }
    return onItsWay;
  }
}
