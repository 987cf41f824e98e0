package org.peerworks.protocol.peerworks.internal.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.Jobs;
import org.peerworks.protocol.peerworks.internal.SessionLimits;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;
import org.peerworks.protocol.peerworks.internal.wire.Link;

/** What one client follows: events and logs, each with the credit that it gave. Thread-safe. */
final class Feeds {

  private final Link link;
  private final SessionLimits limits;
  private final Map<Long, Feed> feeds = new ConcurrentHashMap<>();

  Feeds(Link link, SessionLimits limits) {
    this.link = link;
    this.limits = limits;
  }

  boolean isEmpty() {
    return feeds.isEmpty();
  }

  boolean has(long id) {
    return feeds.containsKey(id);
  }

  /**
   * @param id of the request, by which the feed goes from now on
   */
  void open(long id, String method, Fields params, Jobs jobs) {
    if (feeds.size() >= limits.feeds()) {
      throw new JobException(
          JobException.Code.LIMIT,
          "At most %d events and logs can be followed at once.".formatted(limits.feeds()));
    }
    int credit = (int) params.number("credit", 1, limits.credit());
    String jobId = params.text("jobId", 100);
    boolean log = method.equals("followLog");
    long from =
        log
            ? params.number("offset", 0, Long.MAX_VALUE)
            : params.number("after", -1, Long.MAX_VALUE);
    Feed feed = new Feed(id, link, credit, limits.credit(), () -> feeds.remove(id));
    feeds.put(id, feed);
    link.send(Json.message("reply").put("id", id).set("result", Json.object()));
    feed.follow(
        log
            ? jobs.followLog(jobId, from, new LogFeed(feed))
            : jobs.watch(jobId, from < 0 ? Long.MAX_VALUE : from, new EventFeed(feed)));
    if (link.isClosed()) {
      closeAll();
    }
  }

  /** A feed that has just ended takes no credit, which the client could not know. */
  void credit(long id, int count) {
    Feed feed = feeds.get(id);
    if (feed != null) {
      feed.credit(count);
    }
  }

  void close(long id) {
    Feed feed = feeds.get(id);
    if (feed != null) {
      feed.close();
    }
  }

  void closeAll() {
    feeds.values().forEach(Feed::close);
  }
}
