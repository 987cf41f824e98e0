package org.peerworks.protocol.peerworks.internal.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.JobException;
import org.peerworks.protocol.peerworks.internal.Occupant;
import org.peerworks.protocol.peerworks.internal.SessionLimits;
import org.peerworks.protocol.peerworks.internal.model.Failures;
import org.peerworks.protocol.peerworks.internal.model.JobJson;
import org.peerworks.protocol.peerworks.internal.wire.FieldException;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Frame;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Link;
import org.peerworks.protocol.peerworks.internal.wire.LinkHandler;
import org.peerworks.protocol.peerworks.internal.wire.Texts;
import org.peerworks.protocol.peerworks.internal.wire.WireException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves one client that has proved who it is. */
public final class ServerSession implements LinkHandler, Occupant {

  private static final Logger LOG = LoggerFactory.getLogger(ServerSession.class);

  private final Link link;
  private final Caller caller;
  private final SessionLimits limits;
  private final Calls calls;
  private final Feeds feeds;
  private final Receiver receiver;
  private final Downloads downloads;
  private final FileCalls files;
  private final Runnable ended;
  private final Set<Long> open = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile long lastActive = System.nanoTime();

  /**
   * @param ended called once, when the link has closed
   */
  ServerSession(
      Link link,
      Caller caller,
      SessionLimits limits,
      Calls calls,
      Feeds feeds,
      Receiver receiver,
      Downloads downloads,
      FileCalls files,
      Runnable ended) {
    this.link = link;
    this.caller = caller;
    this.limits = limits;
    this.calls = calls;
    this.feeds = feeds;
    this.receiver = receiver;
    this.downloads = downloads;
    this.files = files;
    this.ended = ended;
  }

  @Override
  public void onMessage(String type, ObjectNode message) {
    lastActive = System.nanoTime();
    Fields fields = new Fields("'" + Texts.line(type, 40) + "'", message);
    switch (type) {
      case "request" -> request(fields);
      case "credit" -> feeds.credit(id(fields), (int) fields.number("count", 1, limits.credit()));
      case "close" -> {
        feeds.close(id(fields));
        files.cancel(id(fields));
      }
      case "ack" ->
          downloads.acknowledge(
              (int) fields.number("transfer", 1, Integer.MAX_VALUE),
              fields.number("offset", 0, Long.MAX_VALUE),
              fields.number("grant", 0, Long.MAX_VALUE));
      case "seal" ->
          receiver.seal(
              (int) fields.number("transfer", 1, Integer.MAX_VALUE), JobJson.sha256(fields));
      case "abort" -> {
        int transfer = (int) fields.number("transfer", 1, Integer.MAX_VALUE);
        downloads.abort(transfer);
        receiver.abort(transfer);
      }
      default ->
          throw new WireException("A message '%s' is not known.".formatted(Texts.line(type, 40)));
    }
  }

  private static long id(Fields fields) {
    return fields.number("id", 1, Long.MAX_VALUE);
  }

  private void request(Fields fields) {
    long id = id(fields);
    if (feeds.has(id) || !open.add(id)) {
      throw new WireException(
          "The request " + id + " is still open; each has a number of its own.");
    }
    if (open.size() > limits.openRequests()) {
      refuse(
          id, "At most %d requests may wait for their replies.".formatted(limits.openRequests()));
      return;
    }
    if (link.waitingText() > link.limits().waitingText() / 4) {
      refuse(id, "Too many replies wait to be read. Read them first.");
      return;
    }
    String method = "";
    try {
      method = fields.text("method", 40);
      Fields params = fields.object("params");
      switch (method) {
        case "watch", "followLog" -> {
          open.remove(id);
          feeds.open(id, method, params, calls.jobs());
        }
        default ->
            call(id, method, params).whenComplete((result, failure) -> reply(id, result, failure));
      }
    } catch (JobException | FieldException e) {
      reply(id, null, e);
    } catch (RuntimeException | Error e) {
      LOG.error("The call '{}' of '{}' failed", method, caller.id(), e);
      reply(
          id,
          null,
          new JobException(
              JobException.Code.INTERNAL,
              "The call failed by a defect; the worker's log has more."));
    }
  }

  private CompletionStage<ObjectNode> call(long id, String method, Fields params) {
    if (method.startsWith(FileCalls.PREFIX)) {
      return files.call(id, method, params);
    }
    return switch (method) {
      case "submit" -> calls.submit(params);
      case "submitted" -> calls.submitted(params);
      case "get" -> calls.get(params);
      case "list" -> calls.list(params);
      case "cancel" -> calls.cancel(params);
      case "stop" -> calls.stop(params);
      case "tell" -> calls.tell(params);
      case "types" -> calls.types();
      case "openOutput" -> downloads.open(params, calls.jobs());
      case "offer" -> receiver.offer(params);
      default ->
          throw new JobException(
              JobException.Code.INVALID,
              "The method '%s' is not known to this worker.".formatted(Texts.line(method, 40)));
    };
  }

  private void refuse(long id, String message) {
    reply(id, null, new JobException(JobException.Code.LIMIT, message));
  }

  private void reply(long id, ObjectNode result, Throwable failure) {
    open.remove(id);
    ObjectNode reply = Json.message("reply").put("id", id);
    if (failure == null) {
      reply.set("result", result);
    } else {
      reply.set("error", Failures.write(Failures.refusal(failure)));
    }
    String text = Json.write(reply);
    if (text.length() > Json.MAX_MESSAGE) {
      refuse(id, "The answer is longer than %d bytes. Ask for less.".formatted(Json.MAX_MESSAGE));
    } else {
      link.sendText(text);
    }
  }

  @Override
  public void onFrame(ByteBuffer message) {
    lastActive = System.nanoTime();
    receiver.onFrame(Frame.read(message), message);
  }

  @Override
  public long idleNanos(long now, boolean feedsCount) {
    return !open.isEmpty() || feedsCount && !feeds.isEmpty() ? 0 : now - lastActive;
  }

  @Override
  public void onClosed(String reason) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    LOG.info("Client '{}' ({}) is gone: {}", caller.name(), caller.id(), reason);
    feeds.closeAll();
    files.closeAll();
    receiver.close();
    downloads.close();
    ended.run();
  }
}
