package org.peerworks.protocol.peerworks.internal.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobOutput;
import org.peerworks.job.api.Jobs;
import org.peerworks.protocol.peerworks.internal.SessionLimits;
import org.peerworks.protocol.peerworks.internal.model.Failures;
import org.peerworks.protocol.peerworks.internal.transfer.Outgoing;
import org.peerworks.protocol.peerworks.internal.transfer.Pump;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends outputs to one client. Thread-safe. */
final class Downloads {

  private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);

  private final Link link;
  private final Pump pump;
  private final AtomicInteger ids;
  private final SessionLimits limits;
  private final AtomicInteger active = new AtomicInteger();

  /**
   * @param ids numbers of transfers, shared with uploads
   */
  Downloads(Link link, Pump pump, AtomicInteger ids, SessionLimits limits) {
    this.link = link;
    this.pump = pump;
    this.ids = ids;
    this.limits = limits;
  }

  CompletionStage<ObjectNode> open(Fields params, Jobs jobs) {
    String jobId = params.text("jobId", 100);
    String name = params.text("name", 255);
    long offset = params.number("offset", 0, Long.MAX_VALUE);
    long grant = params.number("grant", 0, Long.MAX_VALUE);
    if (active.incrementAndGet() > limits.transfers()) {
      active.decrementAndGet();
      throw new JobException(
          JobException.Code.LIMIT,
          "At most %d outputs can be read at once. Close one first.".formatted(limits.transfers()));
    }
    try {
      return jobs.get(jobId)
          .thenCompose(job -> open(jobs, output(job, name), jobId, offset, grant))
          .whenComplete((reply, failure) -> free(failure != null));
    } catch (RuntimeException e) {
      free(true);
      throw e;
    }
  }

  private void free(boolean free) {
    if (free) {
      active.decrementAndGet();
    }
  }

  private static JobOutput output(Job job, String name) {
    return job.outputs().stream()
        .filter(output -> output.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new JobException(
                    JobException.Code.NOT_FOUND,
                    "The job '%s' has no output of that name that you may read."
                        .formatted(job.id())));
  }

  private CompletionStage<ObjectNode> open(
      Jobs jobs, JobOutput output, String jobId, long offset, long grant) {
    if (offset > output.size()) {
      throw new JobException(
          JobException.Code.INVALID,
          "The output has %d bytes, so it cannot be read from byte %d."
              .formatted(output.size(), offset));
    }
    return jobs.openOutput(jobId, output.name(), offset)
        .thenApply(source -> start(source, output, offset, grant));
  }

  private ObjectNode start(ReadableByteChannel source, JobOutput output, long offset, long grant) {
    int id = ids.incrementAndGet();
    pump.add(new Outgoing(id, source, offset, output.size(), grant, new Ends(id)));
    return Json.object()
        .put("transfer", id)
        .put("size", output.size())
        .put("sha256", output.sha256());
  }

  void acknowledge(int transfer, long offset, long grant) {
    pump.grant(transfer, offset, grant);
  }

  void abort(int transfer) {
    if (pump.stop(transfer)) {
      active.decrementAndGet();
    }
  }

  void close() {
    pump.close();
  }

  /** Tells the client how its transfer ended. */
  private final class Ends implements Outgoing.Listener {

    private final int id;

    Ends(int id) {
      this.id = id;
    }

    @Override
    public void sent() {
      active.decrementAndGet();
      link.send(Json.message("finished").put("transfer", id));
    }

    @Override
    public void failed(IOException cause) {
      LOG.error("An output could not be read", cause);
      active.decrementAndGet();
      ObjectNode message = Json.message("failed").put("transfer", id);
      message.set(
          "error",
          Failures.write(
              new JobException(
                  JobException.Code.INTERNAL,
                  "The output could not be read; the worker's log says why.")));
      link.send(message);
    }
  }
}
