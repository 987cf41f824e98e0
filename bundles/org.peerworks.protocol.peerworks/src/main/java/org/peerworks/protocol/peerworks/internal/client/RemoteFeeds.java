package org.peerworks.protocol.peerworks.internal.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Subscription;
import org.peerworks.protocol.peerworks.internal.model.EventJson;
import org.peerworks.protocol.peerworks.internal.model.Failures;
import org.peerworks.protocol.peerworks.internal.wire.FieldException;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Link;

/** The events and logs of the worker that this client follows. Thread-safe. */
final class RemoteFeeds {

  /** Events that may be under way. */
  private static final int EVENTS = 64;

  /** Chunks of a log that may be under way. */
  private static final int CHUNKS = 8;

  private static final int LONGEST_CHUNK = 64 << 10;

  private final Link link;
  private final Requests requests;
  private final Executor pool;
  private final Map<Long, RemoteFeed> feeds = new ConcurrentHashMap<>();

  RemoteFeeds(Link link, Requests requests, Executor pool) {
    this.link = link;
    this.requests = requests;
    this.pool = pool;
  }

  Subscription watch(String jobId, long after, JobEventListener listener) {
    return open(
        "watch",
        Json.object().put("jobId", jobId).put("after", after == Long.MAX_VALUE ? -1 : after),
        EVENTS,
        listener::onEnd,
        listener::onFailed,
        feed -> feed.events(listener));
  }

  Subscription followLog(String jobId, long offset, LogListener listener) {
    return open(
        "followLog",
        Json.object().put("jobId", jobId).put("offset", offset),
        CHUNKS,
        listener::onEnd,
        listener::onFailed,
        feed -> feed.log(listener));
  }

  private Subscription open(
      String method,
      ObjectNode params,
      int credit,
      Runnable onEnd,
      Consumer<JobException> onFailed,
      Consumer<RemoteFeed> set) {
    long id = requests.nextId();
    RemoteFeed feed =
        new RemoteFeed(id, link, credit, pool, onEnd, onFailed, () -> feeds.remove(id));
    set.accept(feed);
    feeds.put(id, feed);
    requests
        .ask(id, method, params.put("credit", credit))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                feed.fail(Failures.refusal(failure));
              } else {
                feed.opened();
              }
            });
    return feed;
  }

  /** One that was closed here may still get what was on its way. */
  void event(long id, Fields event) {
    RemoteFeed feed = feeds.get(id);
    if (feed != null) {
      EventJson.read(event).ifPresentOrElse(feed::event, feed::skip);
    }
  }

  void log(long id, Fields message) {
    RemoteFeed feed = feeds.get(id);
    if (feed != null) {
      long offset = message.number("offset", 0, Long.MAX_VALUE);
      feed.chunk(offset, chunk(message));
    }
  }

  private static ByteBuffer chunk(Fields message) {
    String data = message.text("data", (LONGEST_CHUNK + 2) / 3 * 4);
    try {
      byte[] bytes = Base64.getDecoder().decode(data);
      if (bytes.length <= LONGEST_CHUNK) {
        return ByteBuffer.wrap(bytes);
      }
    } catch (IllegalArgumentException e) {
      throw new FieldException("Field 'data' of 'log' must be Base64.");
    }
    throw new FieldException("Field 'data' of 'log' may have " + LONGEST_CHUNK + " bytes.");
  }

  /**
   * @param error why it has ended, if the worker says so
   */
  void end(long id, Optional<Fields> error) {
    RemoteFeed feed = feeds.get(id);
    if (feed != null) {
      error.map(Failures::read).ifPresentOrElse(feed::fail, feed::end);
    }
  }

  void closeAll() {
    feeds.values().forEach(RemoteFeed::end);
  }
}
