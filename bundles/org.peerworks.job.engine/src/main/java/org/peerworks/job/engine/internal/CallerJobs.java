package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobOutput;
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

/** The jobs as one caller may see and steer them. */
final class CallerJobs implements Jobs {

  /** What the calls are answered from. */
  record Parts(
      Store store,
      JobFiles files,
      KeptInputs kept,
      TypeRegistry types,
      SlotPool slots,
      Scheduler scheduler,
      Submitter submitter,
      Subscriptions subscriptions,
      Executor submits,
      Executor calls) {}

  private static final Logger LOG = LoggerFactory.getLogger(CallerJobs.class);

  /** Does what may block. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws IOException;
  }

  private final Parts parts;
  private final Caller caller;
  private final Sight sight;

  CallerJobs(Parts parts, Caller caller) {
    this.parts = parts;
    this.caller = caller;
    this.sight = new Sight(caller);
  }

  @Override
  public CompletionStage<Job> submit(JobRequest request, TransferListener transfers) {
    return refusing(
        parts
            .submitter()
            .submit(caller, request, transfers, parts.submits())
            .thenApplyAsync(this::seen, parts.submits()));
  }

  @Override
  public CompletionStage<Optional<Job>> submitted(String idempotencyKey) {
    return refusing(
        parts
            .submitter()
            .submitted(caller, idempotencyKey, parts.submits())
            .thenApplyAsync(job -> job.map(this::seen), parts.submits()));
  }

  @Override
  public CompletionStage<Job> get(String jobId) {
    return call(() -> seen(find(jobId)));
  }

  @Override
  public CompletionStage<JobPage> list(JobQuery query) {
    return call(
        () -> {
          long before = query.before().isEmpty() ? Long.MAX_VALUE : number(query.before());
          return new JobPages(parts.store().readers(), parts.scheduler(), sight)
              .read(query, before);
        });
  }

  @Override
  public CompletionStage<Job> cancel(String jobId) {
    CompletableFuture<CompletableFuture<Void>> ending =
        call(
            () -> {
              StoredJob job = requireOwn(jobId, "cancel");
              Optional<CompletableFuture<Void>> ended =
                  parts.scheduler().stop(jobId, Stop.cancelled(caller.name()));
              if (ended.isEmpty() && !find(jobId).state().isFinal()) {
                throw new JobException(
                    JobException.Code.UNAVAILABLE,
                    "The job '" + job.id() + "' is just being queued or recovered. Try again.");
              }
              return ended.orElseGet(() -> CompletableFuture.completedFuture(null));
            });
    return refusing(
        ending
            .thenCompose(ended -> ended)
            .thenComposeAsync(done -> call(() -> tidied(jobId)), parts.calls()));
  }

  @Override
  public CompletionStage<Job> stop(String jobId) {
    CompletableFuture<CompletableFuture<Void>> ending =
        call(
            () -> {
              if (requireOwn(jobId, "stop").state().isFinal()) {
                return CompletableFuture.completedFuture(null);
              }
              RunningJob running = requireControlled(jobId, "ended early. Cancel it instead");
              running.control().stop();
              return running.ended();
            });
    return refusing(
        ending
            .thenCompose(ended -> ended)
            .thenComposeAsync(done -> call(() -> seen(find(jobId))), parts.calls()));
  }

  @Override
  public CompletionStage<Void> tell(String jobId, String json) {
    CompletableFuture<CompletableFuture<Void>> telling =
        call(
            () -> {
              ReportGate.require("The fields of a message to a job", json);
              if (requireOwn(jobId, "tell something to").state().isFinal()) {
                throw Refusals.notRunning(jobId);
              }
              return requireControlled(jobId, "told anything").control().tell(json);
            });
    return refusing(telling.thenCompose(taken -> taken));
  }

  private RunningJob requireControlled(String jobId, String what) throws IOException {
    Optional<RunningJob> running = parts.scheduler().running(jobId);
    if (running.isEmpty()) {
      String state = find(jobId).state().isFinal() ? "has just ended" : "has not started";
      throw new JobException(
          JobException.Code.INVALID,
          "The job '" + jobId + "' " + state + ", so it cannot be " + what + ".");
    }
    if (!running.get().isControlled()) {
      throw new JobException(
          JobException.Code.INVALID,
          "The job '" + jobId + "' is of a type whose jobs cannot be " + what + ".");
    }
    return running.get();
  }

  @Override
  public CompletionStage<Job> retry(String jobId) {
    CompletableFuture<CompletableFuture<StoredJob>> submitting =
        call(
            () -> {
              StoredJob job = requireOwn(jobId, "hand in again");
              Caller owner = new Caller(job.ownerId(), job.ownerName(), false);
              JobRequest request = new Retries(parts.files()).of(job);
              return parts
                  .submitter()
                  .submit(owner, request, TransferListener.NONE, parts.submits());
            });
    return refusing(submitting.thenCompose(job -> job).thenApplyAsync(this::seen, parts.calls()));
  }

  @Override
  public CompletionStage<Job> prioritize(String jobId, int priority) {
    return placed(
        jobId,
        () -> {
          if (priority < 0 || priority > 10) {
            throw new IllegalArgumentException(
                "The priority is 0 to 10, but was " + priority + ".");
          }
          requireOwn(jobId, "give another priority to");
          return parts.scheduler().prioritize(jobId, priority);
        });
  }

  @Override
  public CompletionStage<Job> move(String jobId, int place) {
    return placed(
        jobId,
        () -> {
          if (place < 1) {
            throw new IllegalArgumentException("Places count from 1, but was " + place + ".");
          }
          find(jobId);
          if (!caller.operator()) {
            throw new JobException(
                JobException.Code.FORBIDDEN,
                "Only the worker's operators may move jobs in the queue.");
          }
          return parts.scheduler().move(jobId, place);
        });
  }

  private CompletionStage<Job> placed(String jobId, Work<Optional<List<QueuedJob>>> change) {
    CompletableFuture<CompletableFuture<Void>> storing =
        call(
            () -> {
              List<QueuedJob> now = change.run().orElseThrow(() -> Refusals.notWaiting(jobId));
              return parts
                  .store()
                  .writer()
                  .write(
                      rows -> {
                        for (QueuedJob job : now) {
                          rows.place(job.seq(), job.priority(), job.place());
                        }
                        return null;
                      });
            });
    return refusing(
        storing
            .thenCompose(stored -> stored)
            .thenComposeAsync(done -> call(() -> seen(find(jobId))), parts.calls()));
  }

  @Override
  public Subscription watch(String jobId, long afterNumber, JobEventListener listener) {
    return parts
        .subscriptions()
        .watch(parts.store().readers(), sight, jobId, afterNumber, listener);
  }

  @Override
  public Subscription followLog(String jobId, long offset, LogListener listener) {
    if (!JobIds.isId(jobId) || offset < 0) {
      return parts.subscriptions().refused(listener::onEnd);
    }
    return parts
        .subscriptions()
        .follow(parts.store().readers(), sight, parts.files(), jobId, offset, listener);
  }

  @Override
  public CompletionStage<ReadableByteChannel> openOutput(String jobId, String name, long offset) {
    return call(
        () -> {
          StoredJob job = requireOwn(jobId, "read the outputs of");
          if (!job.state().isFinal()) {
            throw new JobException(
                JobException.Code.UNAVAILABLE,
                "The job '" + jobId + "' has not ended yet; its outputs can be read when it has.");
          }
          JobOutput output =
              parts.store().readers().read(q -> q.outputs(job.seq())).stream()
                  .filter(o -> o.name().equals(name))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new JobException(
                              JobException.Code.NOT_FOUND,
                              "The job '" + jobId + "' has no output of that name."));
          if (offset < 0 || offset > output.size()) {
            throw new JobException(
                JobException.Code.INVALID,
                "The offset is 0 to " + output.size() + ", but was " + offset + ".");
          }
          Path file = Outputs.published(parts.files().output(jobId), output.name());
          return FileChannel.open(file, StandardOpenOption.READ).position(offset);
        });
  }

  @Override
  public CompletionStage<List<JobTypeInfo>> types() {
    return CompletableFuture.completedFuture(
        parts.types().main().values().stream().map(type -> type.info(parts.slots())).toList());
  }

  private static long number(String before) {
    try {
      return Long.parseLong(before);
    } catch (NumberFormatException e) {
      throw new JobException(
          JobException.Code.INVALID, "'before' is not the 'next' of a page of this worker.", e);
    }
  }

  private StoredJob requireOwn(String jobId, String verb) throws IOException {
    StoredJob job = find(jobId);
    if (!sight.owns(job.ownerId())) {
      throw new JobException(
          JobException.Code.FORBIDDEN,
          "Only its owner and the worker's operators may " + verb + " the job '" + jobId + "'.");
    }
    return job;
  }

  private StoredJob find(String jobId) throws IOException {
    if (!JobIds.isId(jobId)) {
      throw Refusals.notFound(jobId);
    }
    return parts
        .store()
        .readers()
        .read(q -> q.job(jobId))
        .orElseThrow(() -> Refusals.notFound(jobId));
  }

  /** A job that has ended; one that never ran has nobody else who deletes its inputs. */
  private Job tidied(String jobId) throws IOException {
    StoredJob job = find(jobId);
    if (job.state().isFinal() && job.started().isEmpty()) {
      try {
        parts.kept().tidy(jobId, job.state(), false);
      } catch (IOException e) {
        LOG.warn("The inputs of the cancelled job '{}' stay until the next start", jobId, e);
      }
    }
    return seen(job);
  }

  private Job seen(StoredJob job) {
    return sight.of(job, parts.scheduler().now(job), outputsOf(job));
  }

  private List<JobOutput> outputsOf(StoredJob job) {
    if (!job.state().isFinal() || !sight.owns(job.ownerId())) {
      return List.of();
    }
    try {
      return parts.store().readers().read(q -> q.outputs(job.seq()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private <T> CompletableFuture<T> call(Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      parts
          .calls()
          .execute(
              () -> {
                try {
                  result.complete(work.run());
                } catch (Throwable e) { // the caller waits, also if there is no memory
                  result.completeExceptionally(Refusals.of(e));
                }
              });
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(Refusals.busy(e));
    }
    return result;
  }

  /** A stage that fails with a {@link JobException} and nothing else. */
  private static <T> CompletableFuture<T> refusing(CompletableFuture<T> stage) {
    CompletableFuture<T> result = new CompletableFuture<>();
    stage.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            result.complete(value);
          } else {
            result.completeExceptionally(Refusals.of(failure));
          }
        });
    return result;
  }
}
