package org.peerworks.job.api;

import java.nio.channels.ReadableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The jobs of one worker, as one caller may see and steer them. On the worker the engine provides
 * it ({@link JobAccess}); on a client the protocol does, over a channel, so that a caller does not
 * know where the worker is.
 *
 * <p>Thread-safe. Stages fail with {@link JobException}; no method throws it directly, none blocks.
 */
@ProviderType
public interface Jobs {

  /**
   * Hands in a job. The result is on stable storage when the stage completes.
   *
   * @param transfers told about the inputs while they travel
   */
  CompletionStage<Job> submit(JobRequest request, TransferListener transfers);

  /**
   * The job that this caller handed in under an idempotency key, for somebody who does not know
   * whether his submit arrived.
   *
   * @return empty if there is none, or it is not known
   */
  default CompletionStage<Optional<Job>> submitted(String idempotencyKey) {
    return CompletableFuture.completedFuture(Optional.empty());
  }

  /** Fails with {@link JobException.Code#NOT_FOUND} if there is none. */
  CompletionStage<Job> get(String jobId);

  CompletionStage<JobPage> list(JobQuery query);

  /**
   * Ends a job. Owner and operators only.
   *
   * @return the job in its final state, once its program is gone. A job that was final already is
   *     returned as it is.
   */
  CompletionStage<Job> cancel(String jobId);

  /**
   * Asks a running job to end early and keep what it has, as a training does with what its model
   * has learned so far. It then ends as {@link JobState#SUCCEEDED}, and its document has {@code
   * "stopped_early":true}. Owner and operators only.
   *
   * @return the job in its final state, which may take as long as its program needs to come to an
   *     end. A job that was final already is returned as it is. Fails with {@link
   *     JobException.Code#INVALID} if the job has not started, or cannot be ended early: cancel it
   *     instead
   */
  CompletionStage<Job> stop(String jobId);

  /**
   * Tells a running job something. Owner and operators only.
   *
   * @param json one JSON object, at most 16 KiB as UTF-8 and nested at most 16 deep; what it may be
   *     is said by the job's type
   * @return completes when the job has taken it. Fails with {@link JobException.Code#INVALID} if
   *     the job knows no such message or does not run, with {@link JobException.Code#UNAVAILABLE}
   *     if it is just starting
   */
  CompletionStage<Void> tell(String jobId, String json);

  /**
   * Hands a job that has ended in once more: a new job for the same owner, with the same type,
   * parameters, inputs, priority and timeout. The inputs of a job that failed are kept for that, as
   * long as there is room ({@code keepInputBytes} of the job engine). Owner and operators only.
   *
   * @return the new job. Fails with {@link JobException.Code#INVALID} if the job has not ended, or
   *     its inputs are not kept any more
   */
  default CompletionStage<Job> retry(String jobId) {
    return notFromHere();
  }

  /**
   * Gives a waiting job another priority, and its natural place there. Owner and operators only.
   *
   * @param priority 0 (last) to 10 (first)
   * @return fails with {@link JobException.Code#INVALID} if the job does not wait
   */
  default CompletionStage<Job> prioritize(String jobId, int priority) {
    return notFromHere();
  }

  /**
   * Puts a waiting job at another place in the queue; it takes the priority of the job that it is
   * put before. Operators only.
   *
   * @param place 1 for the next to run; beyond the last one for the end
   * @return fails with {@link JobException.Code#INVALID} if the job does not wait
   */
  default CompletionStage<Job> move(String jobId, int place) {
    return notFromHere();
  }

  private static CompletionStage<Job> notFromHere() {
    return CompletableFuture.failedFuture(
        new JobException(
            JobException.Code.INVALID,
            "This cannot be asked from here; use the shell of the worker."));
  }

  /**
   * Delivers what happened and what happens. A refusal is told to the listener.
   *
   * @param jobId of one job; blank for all jobs that the caller may see
   * @param afterNumber only events with a higher number; 0 for all that are still stored; {@link
   *     Long#MAX_VALUE} for only those to come
   */
  Subscription watch(String jobId, long afterNumber, JobEventListener listener);

  /**
   * Delivers a job's log from a byte offset on, and what is added, until the job is final. Owner
   * and operators only: others get {@link LogListener#onEnd()} at once. A refusal is told to the
   * listener.
   */
  Subscription followLog(String jobId, long offset, LogListener listener);

  /**
   * Reads an output of a job that is final. Owner and operators only.
   *
   * @param offset first byte to read, 0 to the output's size
   * @return a channel that the caller closes; its reads block and throw {@code IOException} if the
   *     source goes away
   */
  CompletionStage<ReadableByteChannel> openOutput(String jobId, String name, long offset);

  /** The job types that take jobs now. */
  CompletionStage<List<JobTypeInfo>> types();
}
