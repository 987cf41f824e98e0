package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Secrets;

/**
 * Questions about the files of workers that wait for an answer. Each asker has a channel of its own
 * to each worker, and hears only its own answers. Thread-safe.
 */
final class Questions {

  static final String ANSWER = "fs_list_res";

  private static final int MOST_OF_ACCOUNT = 16;
  private static final int MOST_CHANNELS = 512;
  private static final int MOST_CHANNELS_OF_ACCOUNT = 32;
  private static final int ID_LENGTH = 24;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long answers can be read that nobody reads. */
  private static final Duration KEPT = Duration.ofMinutes(5);

  private final Map<String, Open> open = new HashMap<>();
  private final Map<Asker, Channel> channels = new HashMap<>();
  private final Clock clock;
  private final LongSupplier nanoClock;

  private record Asker(RelayedTo to, String account) {}

  /**
   * @param own the id that the asker gave
   */
  private record Open(Asker asker, String own, long since) {}

  private static final class Channel {
    private final Feed feed;
    private long usedAt;

    Channel(Feed feed, long now) {
      this.feed = feed;
      this.usedAt = now;
    }
  }

  Questions(Clock clock, LongSupplier nanoClock) {
    this.clock = clock;
    this.nanoClock = nanoClock;
  }

  /**
   * Sends a question on.
   *
   * @param question without its id
   * @param own id of the asker's own, which the answer will have
   */
  void ask(Member worker, RelayedTo to, String account, String own, ObjectNode question)
      throws HttpRefusal {
    String id = Secrets.word(ID_LENGTH); // the worker's answers cannot be mistaken for others'
    synchronized (this) {
      long waiting =
          open.values().stream().filter(other -> other.asker().account().equals(account)).count();
      if (waiting >= MOST_OF_ACCOUNT) {
        throw new HttpRefusal(429, "Wait for answers to the questions that you have asked.");
      }
      feed(to, account);
      open.put(id, new Open(new Asker(to, account), own, nanoClock.getAsLong()));
    }
    worker.socket().send(question.put("req_id", id));
  }

  /** What an account hears from a worker. */
  synchronized Feed feed(RelayedTo to, String account) throws HttpRefusal {
    Asker asker = new Asker(to, account);
    Channel channel = channels.get(asker);
    if (channel == null) {
      long own = channels.keySet().stream().filter(one -> one.account().equals(account)).count();
      if (channels.size() >= MOST_CHANNELS || own >= MOST_CHANNELS_OF_ACCOUNT) {
        throw new HttpRefusal(429, "Too many workers are asked at once. Try again later.");
      }
      channel = new Channel(new Feed(clock), 0);
      channels.put(asker, channel);
    }
    channel.usedAt = nanoClock.getAsLong();
    return channel.feed;
  }

  synchronized void answered(RelayedTo from, ObjectNode message) {
    String id = Json.text(message, "req_id").orElse("");
    Open question = open.get(id);
    if (question != null && question.asker().to().equals(from)) {
      open.remove(id);
      tell(question, message);
    }
  }

  synchronized void tick() {
    long now = nanoClock.getAsLong();
    for (Iterator<Open> each = open.values().iterator(); each.hasNext(); ) {
      Open question = each.next();
      if (now - question.since() > PATIENCE.toNanos()) {
        each.remove();
        ObjectNode failed = Replies.typed(ANSWER).put("error", "The worker does not answer.");
        failed.putArray("entries");
        tell(question, failed);
      }
    }
    channels
        .values()
        .removeIf(channel -> now - channel.usedAt > KEPT.toNanos() && channel.feed.readers() == 0);
  }

  private void tell(Open question, ObjectNode message) {
    Channel channel = channels.get(question.asker());
    if (channel != null) {
      channel.usedAt = nanoClock.getAsLong();
      channel.feed.publish(message.put("req_id", question.own()));
    }
  }

  synchronized int readers() {
    return channels.values().stream().mapToInt(channel -> channel.feed.readers()).sum();
  }

  synchronized int readersOf(String account) {
    return channels.values().stream().mapToInt(channel -> channel.feed.readersOf(account)).sum();
  }

  synchronized void keepAlive() {
    channels.values().forEach(channel -> channel.feed.keepAlive());
  }

  synchronized void close() {
    channels.values().forEach(channel -> channel.feed.end());
  }
}
