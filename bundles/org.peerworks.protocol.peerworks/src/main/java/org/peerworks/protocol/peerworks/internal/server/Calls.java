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
import org.peerworks.protocol.peerworks.internal.model.JobJson;
import org.peerworks.protocol.peerworks.internal.model.QueryJson;
import org.peerworks.protocol.peerworks.internal.model.SubmitJson;
import org.peerworks.protocol.peerworks.internal.wire.Fields;

/** The requests of one caller that are answered once, as calls on jobs. */
final class Calls {

  private final Supplier<JobAccess> access;
  private final Caller caller;
  private final SessionFiles files;

  /**
   * @param access gives null while this worker has no job engine
   */
  Calls(Supplier<JobAccess> access, Caller caller, SessionFiles files) {
    this.access = access;
    this.caller = caller;
    this.files = files;
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
    SubmitJson submit = SubmitJson.read(params);
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
    return job.whenComplete((done, failure) -> files.done(taken, failure));
  }

  CompletionStage<ObjectNode> get(Fields params) {
    return jobs().get(params.text("jobId", 100)).thenApply(JobJson::write);
  }

  CompletionStage<ObjectNode> cancel(Fields params) {
    return jobs().cancel(params.text("jobId", 100)).thenApply(JobJson::write);
  }

  CompletionStage<ObjectNode> types() {
    return jobs().types().thenApply(JobJson::write);
  }

  /** A page that is too long for a message becomes a shorter one, asked for in small pieces. */
  CompletionStage<ObjectNode> list(Fields params) {
    return new Listing(jobs(), QueryJson.read(params)).begin();
  }
}
