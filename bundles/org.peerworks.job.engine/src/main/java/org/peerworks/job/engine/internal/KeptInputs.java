package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.peerworks.job.api.JobState;
import org.peerworks.lib.files.FileTrees;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the inputs of jobs that failed, so that they can be handed in once more: the newest ones,
 * up to a number of bytes, and none when the disk gets tight. Thread-safe.
 */
final class KeptInputs {

  private static final Logger LOG = LoggerFactory.getLogger(KeptInputs.class);

  private record Kept(String id, long bytes) {}

  private final JobFiles files;
  private final long most;
  private final Deque<Kept> oldestFirst = new ArrayDeque<>();
  private long all;

  /**
   * @param most bytes; 0 keeps nothing
   */
  KeptInputs(JobFiles files, long most) {
    this.files = files;
    this.most = most;
  }

  /**
   * Deletes of a job that has ended what it needs no more.
   *
   * @param state that it ended in; nobody hands a job in again that succeeded or that he cancelled
   * @param refused whether it would be refused again
   */
  void tidy(String id, JobState state, boolean refused) throws IOException {
    files.deleteWork(id);
    boolean done = state == JobState.SUCCEEDED || state == JobState.CANCELLED || refused;
    long bytes = done || most == 0 || !files.hasInputs(id) ? -1 : bytes(id);
    if (bytes < 0 || bytes > most) {
      files.deleteInputs(id);
      return;
    }
    synchronized (this) {
      oldestFirst.removeIf(kept -> forget(kept, id));
      oldestFirst.add(new Kept(id, bytes));
      all += bytes;
    }
    deleteBeyond(most);
  }

  private boolean forget(Kept kept, String id) {
    if (kept.id().equals(id)) {
      all -= kept.bytes();
      return true;
    }
    return false;
  }

  private long bytes(String id) throws IOException {
    return FileTrees.size(files.input(id));
  }

  /** Makes room on the disk. */
  void deleteAll() {
    deleteBeyond(0);
  }

  private void deleteBeyond(long bytes) {
    for (Kept kept = next(bytes); kept != null; kept = next(bytes)) {
      try {
        files.deleteInputs(kept.id());
      } catch (IOException | RuntimeException e) {
        LOG.warn("The kept inputs of job '{}' were not all deleted", kept.id(), e);
      }
    }
  }

  private synchronized Kept next(long bytes) {
    if (all <= bytes || oldestFirst.isEmpty()) {
      return null;
    }
    Kept kept = oldestFirst.removeFirst();
    all -= kept.bytes();
    return kept;
  }
}
