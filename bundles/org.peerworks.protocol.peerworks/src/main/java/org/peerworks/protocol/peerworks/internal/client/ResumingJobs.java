package org.peerworks.protocol.peerworks.internal.client;

import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
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
import org.peerworks.protocol.peerworks.internal.model.Failures;

/** The jobs of a worker, over one connection after the other: each call goes on where it was. */
final class ResumingJobs implements Jobs {

  private final Sessions sessions;
  private final Executor pool;

  ResumingJobs(Sessions sessions, Executor pool) {
    this.sessions = sessions;
    this.pool = pool;
  }

  /** Whether a submit that got no answer arrived is asked first, as its files are gone then. */
  @Override
  public CompletionStage<Job> submit(JobRequest request, TransferListener transfers) {
    return Refusals.ofJobs(
        sessions.repeat(
            session -> session.jobs().submit(request, transfers),
            session ->
                session
                    .jobs()
                    .submitted(request.idempotencyKey())
                    .thenCompose(
                        known ->
                            known.isPresent()
                                ? CompletableFuture.completedFuture(known.get())
                                : session.jobs().submit(request, transfers))));
  }

  @Override
  public CompletionStage<Optional<Job>> submitted(String idempotencyKey) {
    return repeat(jobs -> jobs.submitted(idempotencyKey));
  }

  @Override
  public CompletionStage<Job> get(String jobId) {
    return repeat(jobs -> jobs.get(jobId));
  }

  @Override
  public CompletionStage<JobPage> list(JobQuery query) {
    return repeat(jobs -> jobs.list(query));
  }

  /** A job that was cancelled the first time is returned as it is the second time. */
  @Override
  public CompletionStage<Job> cancel(String jobId) {
    return repeat(jobs -> jobs.cancel(jobId));
  }

  @Override
  public CompletionStage<Job> stop(String jobId) {
    return repeat(jobs -> jobs.stop(jobId));
  }

  /** What a job is told is told once, or not. */
  @Override
  public CompletionStage<Void> tell(String jobId, String json) {
    return Refusals.ofJobs(sessions.session().thenCompose(session -> tell(session, jobId, json)));
  }

  private static CompletionStage<Void> tell(ClientSession session, String jobId, String json) {
    return session
        .jobs()
        .tell(jobId, json)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    session.isOver() && Refusals.isUnavailable(failure)
                        ? new JobException(
                            JobException.Code.UNAVAILABLE,
                            "The connection to the worker was lost meanwhile, so it is not known whether the job has heard it.",
                            failure)
                        : Failures.refusal(failure)));
  }

  @Override
  public Subscription watch(String jobId, long afterNumber, JobEventListener listener) {
    return new ResumingEvents(sessions, pool, jobId, afterNumber, listener).begin();
  }

  @Override
  public Subscription followLog(String jobId, long offset, LogListener listener) {
    return new ResumingLog(sessions, pool, jobId, offset, listener).begin();
  }

  @Override
  public CompletionStage<ReadableByteChannel> openOutput(String jobId, String name, long offset) {
    return Refusals.ofJobs(ResumingOutput.open(sessions, jobId, name, offset));
  }

  @Override
  public CompletionStage<List<JobTypeInfo>> types() {
    return repeat(RemoteJobs::types);
  }

  private <T> CompletionStage<T> repeat(Function<RemoteJobs, CompletionStage<T>> call) {
    return Refusals.ofJobs(sessions.repeat(session -> call.apply(session.jobs())));
  }
}
