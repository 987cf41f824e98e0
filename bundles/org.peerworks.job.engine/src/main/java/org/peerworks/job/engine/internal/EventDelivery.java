package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;

/**
 * Delivers stored events of one job or of all, as one caller may see them, and what the program of
 * that one job reports meanwhile.
 */
final class EventDelivery extends Delivery {

  private static final int PAGE = 100;

  private final StoreReaders readers;
  private final Sight sight;
  private final String jobId;
  private final JobEventListener listener;
  private final Queue<StoredEvent> page = new ArrayDeque<>();
  private final ReportGate reports = new ReportGate();
  private long last;
  private boolean over;

  EventDelivery(
      Executor executor,
      ScheduledExecutorService timer,
      Consumer<Delivery> gone,
      StoreReaders readers,
      Sight sight,
      String jobId,
      long after,
      JobEventListener listener) {
    super(executor, timer, gone);
    this.readers = readers;
    this.sight = sight;
    this.jobId = jobId;
    this.last = after;
    this.listener = listener;
  }

  @Override
  CompletionStage<Void> next() throws IOException, EndOfDelivery {
    if (over) {
      throw new EndOfDelivery();
    }
    boolean stands = page.isEmpty() && !fill();
    if (stands || endsWith(page.element())) {
      Optional<ReportGate.Report> report = reports.next();
      if (report.isPresent()) {
        return listener.onEvent(
            new JobEvent.Reported(last, jobId, report.get().time(), report.get().json()));
      }
    }
    if (stands) {
      return null;
    }
    StoredEvent stored = page.remove();
    last = stored.event().number();
    over = endsWith(stored);
    Optional<JobEvent> seen = sight.of(stored);
    return seen.isPresent()
        ? listener.onEvent(seen.get())
        : CompletableFuture.completedFuture(null);
  }

  private boolean endsWith(StoredEvent stored) {
    return !jobId.isEmpty() && stored.isEnd();
  }

  /** Whether what a job's program reports is for this listener. */
  boolean wants(StoredJob job) {
    return jobId.equals(job.id()) && sight.owns(job.ownerId());
  }

  void report(String json) {
    reports.add(new ReportGate.Report(Instant.now(), json));
    wake();
  }

  @Override
  void end() {
    listener.onEnd();
  }

  @Override
  void fail(JobException why) {
    listener.onFailed(why);
  }

  private boolean fill() throws IOException, EndOfDelivery {
    // Asked first: a job that is final now has no event after those that are read next.
    boolean isFinal =
        !jobId.isEmpty()
            && readers.read(q -> q.job(jobId)).map(job -> job.state().isFinal()).orElse(true);
    page.addAll(readers.read(q -> q.events(jobId, last, PAGE)));
    if (page.isEmpty() && isFinal) {
      throw new EndOfDelivery();
    }
    return !page.isEmpty();
  }
}
