package org.peerworks.protocol.peerworks.internal.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
import org.peerworks.protocol.peerworks.internal.model.JobJson;
import org.peerworks.protocol.peerworks.internal.model.QueryJson;
import org.peerworks.protocol.peerworks.internal.wire.FieldException;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;

/** The jobs of a worker at the other end of a channel. */
final class RemoteJobs implements Jobs {

  private final Requests requests;
  private final RemoteFeeds feeds;
  private final Submits submits;
  private final RemoteOutputs outputs;
  private volatile boolean controls;
  private volatile boolean remembers;

  RemoteJobs(Requests requests, RemoteFeeds feeds, Submits submits, RemoteOutputs outputs) {
    this.requests = requests;
    this.feeds = feeds;
    this.submits = submits;
    this.outputs = outputs;
  }

  /** Whether the worker says what became of a submit. */
  void remembers(boolean remembers) {
    this.remembers = remembers;
  }

  /** Whether the worker can end jobs early, and tell them something. */
  void controls(boolean controls) {
    this.controls = controls;
  }

  @Override
  public CompletionStage<Job> submit(JobRequest request, TransferListener transfers) {
    return Refusals.ofJobs(submits.submit(request, transfers));
  }

  @Override
  public CompletionStage<Optional<Job>> submitted(String idempotencyKey) {
    return remembers
        ? ask(
            "submitted",
            Json.object().put("idempotencyKey", idempotencyKey),
            answer -> answer.optionalObject("job").map(JobJson::job))
        : CompletableFuture.completedFuture(Optional.empty());
  }

  @Override
  public CompletionStage<Job> get(String jobId) {
    return ask("get", Json.object().put("jobId", jobId), JobJson::job);
  }

  @Override
  public CompletionStage<JobPage> list(JobQuery query) {
    return ask("list", QueryJson.write(query), JobJson::page);
  }

  @Override
  public CompletionStage<Job> cancel(String jobId) {
    return ask("cancel", Json.object().put("jobId", jobId), JobJson::job);
  }

  @Override
  public CompletionStage<Job> stop(String jobId) {
    return controls
        ? ask("stop", Json.object().put("jobId", jobId), JobJson::job)
        : tooOld("end jobs early; cancel the job instead");
  }

  @Override
  public CompletionStage<Void> tell(String jobId, String json) {
    return controls
        ? ask("tell", Json.object().put("jobId", jobId).put("message", json), taken -> null)
        : tooOld("tell jobs anything");
  }

  private static <T> CompletionStage<T> tooOld(String what) {
    return CompletableFuture.failedFuture(
        new JobException(
            JobException.Code.INVALID,
            "The Peerworks of this worker is too old to " + what + ", or have it updated."));
  }

  @Override
  public Subscription watch(String jobId, long afterNumber, JobEventListener listener) {
    return feeds.watch(jobId, afterNumber, listener);
  }

  @Override
  public Subscription followLog(String jobId, long offset, LogListener listener) {
    return feeds.followLog(jobId, offset, listener);
  }

  @Override
  public CompletionStage<ReadableByteChannel> openOutput(String jobId, String name, long offset) {
    return Refusals.ofJobs(output(jobId, name, offset).thenApply(output -> output));
  }

  /** As {@link #openOutput}; what is read is not checked against a hash. */
  CompletionStage<RemoteOutput> output(String jobId, String name, long offset) {
    return outputs.open(jobId, name, offset);
  }

  @Override
  public CompletionStage<List<JobTypeInfo>> types() {
    return ask("types", Json.object(), JobJson::types);
  }

  private <T> CompletionStage<T> ask(String method, ObjectNode params, Function<Fields, T> read) {
    return Refusals.ofJobs(requests.ask(method, params).thenApply(answer(read)));
  }

  /** Turns an answer that makes no sense into a refusal. */
  static <T> Function<Fields, T> answer(Function<Fields, T> read) {
    return result -> {
      try {
        return read.apply(result);
      } catch (FieldException | IllegalArgumentException e) {
        throw senseless(e);
      }
    };
  }

  static JobException senseless(RuntimeException cause) {
    return new JobException(
        JobException.Code.INTERNAL,
        "The worker's answer makes no sense: " + cause.getMessage(),
        cause);
  }
}
