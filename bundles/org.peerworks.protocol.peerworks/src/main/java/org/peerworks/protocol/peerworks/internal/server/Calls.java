package org.peerworks.protocol.peerworks.internal.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.JobAccess;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.Jobs;
import org.peerworks.protocol.peerworks.internal.SessionLimits;
import org.peerworks.protocol.peerworks.internal.model.EventJson;
import org.peerworks.protocol.peerworks.internal.model.JobJson;
import org.peerworks.protocol.peerworks.internal.model.QueryJson;
import org.peerworks.protocol.peerworks.internal.model.SubmitJson;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;

/** The requests of one caller that are answered once, as calls on jobs. */
final class Calls {

  private final Supplier<JobAccess> access;
  private final Caller caller;
  private final SessionLimits limits;
  private final SessionFiles files;
  private final Runnable submitted;

  /**
   * @param access gives null while this worker has no job engine
   * @param submitted called when the caller has handed in a job
   */
  Calls(
      Supplier<JobAccess> access,
      Caller caller,
      SessionLimits limits,
      SessionFiles files,
      Runnable submitted) {
    this.access = access;
    this.caller = caller;
    this.limits = limits;
    this.files = files;
    this.submitted = submitted;
  }

  Jobs jobs() {
    JobAccess now = access.get();
    if (now == null) {
      throw new JobException(
          JobException.Code.UNAVAILABLE,
          "This worker has no job engine at the moment. Try again later, or tell its administrator.");
    }
    return now.as(caller);
  }

  CompletionStage<ObjectNode> submit(Fields params) {
    SubmitJson submit = SubmitJson.read(params, limits.inputs());
    Jobs jobs = jobs();
    SessionFiles.Taken taken = files.take(submit.inputs());
    CompletionStage<ObjectNode> job;
    try {
      job =
          jobs.submit(
                  new JobRequest(
                      submit.type(),
                      submit.parameters(),
                      taken.paths(),
                      submit.priority(),
                      submit.idempotencyKey(),
                      submit.timeout()),
                  (name, done, total) -> {})
              .thenApply(JobJson::write);
    } catch (RuntimeException e) {
      job = CompletableFuture.failedFuture(e);
    }
    return job.whenComplete(
        (done, failure) -> {
          files.done(taken, failure);
          if (failure == null) {
            submitted.run();
          }
        });
  }

  /** The caller's job under a key; no {@code job} if there is none. */
  CompletionStage<ObjectNode> submitted(Fields params) {
    return jobs()
        .submitted(params.text("idempotencyKey", 128))
        .thenApply(
            job -> {
              ObjectNode answer = Json.object();
              job.ifPresent(found -> answer.set("job", JobJson.write(found)));
              return answer;
            });
  }

  CompletionStage<ObjectNode> get(Fields params) {
    return jobs().get(params.text("jobId", 100)).thenApply(JobJson::write);
  }

  CompletionStage<ObjectNode> cancel(Fields params) {
    return jobs().cancel(params.text("jobId", 100)).thenApply(JobJson::write);
  }

  CompletionStage<ObjectNode> stop(Fields params) {
    return jobs().stop(params.text("jobId", 100)).thenApply(JobJson::write);
  }

  CompletionStage<ObjectNode> tell(Fields params) {
    return jobs()
        .tell(params.text("jobId", 100), params.text("message", EventJson.LONGEST_REPORT))
        .thenApply(taken -> Json.object());
  }

  CompletionStage<ObjectNode> types() {
    return jobs().types().thenApply(JobJson::write);
  }

  /** A page that is too long for a message becomes a shorter one, asked for in small pieces. */
  CompletionStage<ObjectNode> list(Fields params) {
    return new Listing(jobs(), QueryJson.read(params)).begin();
  }
}
