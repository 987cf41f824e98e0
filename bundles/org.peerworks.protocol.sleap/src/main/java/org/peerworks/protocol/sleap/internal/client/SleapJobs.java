package org.peerworks.protocol.sleap.internal.client;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobPage;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobTypeInfo;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Subscription;
import org.peerworks.job.api.TransferListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of a sleap-rtc worker, as far as it lets anybody see and steer them: those of this
 * connection, one at a time.
 */
final class SleapJobs implements Jobs {

  private static final Logger LOG = LoggerFactory.getLogger(SleapJobs.class);

  private final Generation generation;
  private final Submitter submitter;
  private final Map<String, Run> runs = new ConcurrentHashMap<>();

  SleapJobs(Generation generation, Submitter submitter) {
    this.generation = generation;
    this.submitter = submitter;
  }

  @Override
  public CompletionStage<Job> submit(JobRequest request, TransferListener transfers) {
    return submitter.submit(request, transfers, run -> runs.put(run.job.id(), run));
  }

  @Override
  public CompletionStage<Job> get(String jobId) {
    return of(jobId, run -> CompletableFuture.completedFuture(run.job.snapshot()));
  }

  @Override
  public CompletionStage<JobPage> list(JobQuery query) {
    return CompletableFuture.failedFuture(
        new JobException(
            JobException.Code.INVALID,
            "A sleap-rtc worker (%s) cannot list its jobs.".formatted(generation.label())));
  }

  @Override
  public CompletionStage<Job> cancel(String jobId) {
    return of(jobId, Run::cancel);
  }

  @Override
  public CompletionStage<Job> stop(String jobId) {
    return of(jobId, Run::stop);
  }

  @Override
  public CompletionStage<Void> tell(String jobId, String json) {
    return of(
        jobId,
        run -> {
          run.tell(json);
          return CompletableFuture.completedFuture(null);
        });
  }

  @Override
  public Subscription watch(String jobId, long afterNumber, JobEventListener listener) {
    Run run = runs.get(jobId);
    if (run == null) {
      listener.onFailed(
          jobId.isBlank()
              ? new JobException(
                  JobException.Code.INVALID,
                  "A sleap-rtc worker tells nothing of all of its jobs; watch one of this"
                      + " connection.")
              : unknown(jobId));
      return () -> {};
    }
    return run.job.feed().watch(afterNumber, listener);
  }

  @Override
  public Subscription followLog(String jobId, long offset, LogListener listener) {
    Run run = runs.get(jobId);
    if (run == null) {
      listener.onFailed(unknown(jobId));
      return () -> {};
    }
    return run.job.log().follow(offset, listener);
  }

  @Override
  public CompletionStage<ReadableByteChannel> openOutput(String jobId, String name, long offset) {
    return of(
        jobId,
        run -> {
          try {
            return CompletableFuture.completedFuture(run.job.open(name, offset));
          } catch (IOException e) {
            throw new JobException(
                JobException.Code.UNAVAILABLE, "The result cannot be read any more.", e);
          }
        });
  }

  @Override
  public CompletionStage<List<JobTypeInfo>> types() {
    return CompletableFuture.completedFuture(
        List.of(
            new JobTypeInfo("track", generation.label(), "gpu", "{}"),
            new JobTypeInfo("train", generation.label(), "gpu", "{}")));
  }

  /** Ends what still runs here; what was received cannot be read any more. */
  void close(String reason) {
    for (Run run : runs.values()) {
      run.onClosed(reason);
      try {
        run.job.log().close();
      } catch (IOException e) {
        LOG.debug("A log could not be closed", e);
      }
    }
  }

  void tick() {
    runs.values().forEach(Run::tick);
  }

  private <T> CompletionStage<T> of(String jobId, Function<Run, CompletionStage<T>> call) {
    Run run = runs.get(jobId);
    try {
      if (run == null) {
        throw unknown(jobId);
      }
      return call.apply(run);
    } catch (JobException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private JobException unknown(String jobId) {
    return new JobException(
        JobException.Code.NOT_FOUND,
        "There is no job '%s' on this connection, and a sleap-rtc worker (%s) cannot be asked for an earlier one."
            .formatted(jobId, generation.label()));
  }
}
