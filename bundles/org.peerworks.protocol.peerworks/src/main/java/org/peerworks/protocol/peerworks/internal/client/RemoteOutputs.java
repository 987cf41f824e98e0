package org.peerworks.protocol.peerworks.internal.client;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.peerworks.job.api.JobException;
import org.peerworks.protocol.peerworks.internal.model.JobJson;
import org.peerworks.protocol.peerworks.internal.wire.FieldException;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Frame;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Link;

/** The outputs that this client reads. Thread-safe. */
final class RemoteOutputs {

  private final Link link;
  private final Requests requests;
  private final int window;
  private final Map<Integer, RemoteOutput> open = new ConcurrentHashMap<>();
  private volatile String closed;

  RemoteOutputs(Link link, Requests requests, int window) {
    this.link = link;
    this.requests = requests;
    this.window = window;
  }

  /** The first bytes come right after the answer, so the answer opens the output at once. */
  CompletionStage<RemoteOutput> open(String jobId, String name, long offset) {
    return requests
        .ask(
            "openOutput",
            Json.object()
                .put("jobId", jobId)
                .put("name", name)
                .put("offset", offset)
                .put("grant", offset))
        .thenApply(RemoteJobs.answer(answer -> start(answer, offset)));
  }

  private RemoteOutput start(Fields answer, long offset) {
    int id = (int) answer.number("transfer", 1, Integer.MAX_VALUE);
    long size = answer.number("size", offset, Long.MAX_VALUE);
    RemoteOutput output =
        new RemoteOutput(id, link, offset, size, JobJson.sha256(answer), window, this::remove);
    if (open.putIfAbsent(id, output) != null) {
      throw new FieldException("Field 'transfer' names transfer " + id + ", which is not over.");
    }
    if (closed != null) {
      close(closed);
    }
    output.begin();
    return output;
  }

  private void remove(int id) {
    open.remove(id);
  }

  void onFrame(Frame frame, ByteBuffer data) {
    RemoteOutput output = open.get(frame.transfer());
    // One that was closed here may still get what was on its way.
    if (output != null) {
      output.add(frame.offset(), data);
    }
  }

  void finished(int transfer) {
    RemoteOutput output = open.get(transfer);
    if (output != null) {
      output.finished();
    }
  }

  void failed(int transfer, JobException refusal) {
    RemoteOutput output = open.get(transfer);
    if (output != null) {
      output.fail(refusal.getMessage());
    }
  }

  void close(String reason) {
    closed = reason;
    new ArrayList<>(open.values())
        .forEach(output -> output.fail("The connection to the worker ended: " + reason));
  }
}
