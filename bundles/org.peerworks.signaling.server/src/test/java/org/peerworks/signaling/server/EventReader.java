package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A browser that reads server-sent events. */
final class EventReader implements AutoCloseable {

  private static final long SECONDS = 30;

  final int status;
  final String type;
  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final Stream<String> lines;

  private EventReader(HttpResponse<Stream<String>> answer) {
    status = answer.statusCode();
    type = answer.headers().firstValue("content-type").orElse("");
    lines = answer.body();
    Thread reader = new Thread(this::read, "event-reader");
    reader.setDaemon(true);
    reader.start();
  }

  static EventReader open(Lab lab, String channel, String bearer) throws Exception {
    URI server = lab.meeting.server.address().http();
    return new EventReader(
        RawPeer.HTTP.send(
            HttpRequest.newBuilder(server.resolve("/relay/stream/" + channel))
                .header("Authorization", "Bearer " + bearer)
                .build(),
            HttpResponse.BodyHandlers.ofLines()));
  }

  private void read() {
    try {
      lines
          .filter(line -> line.startsWith("data: "))
          .forEach(line -> events.add(RawPeer.json(line.substring("data: ".length()))));
      end.complete(null);
    } catch (RuntimeException e) {
      end.completeExceptionally(e);
    }
  }

  JsonNode next() throws InterruptedException {
    JsonNode event = events.poll(SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("No event came; ended: " + end);
    }
    return event;
  }

  boolean hasEvents() {
    return !events.isEmpty();
  }

  /** Waits until the server has ended the stream in order. */
  void awaitEnd() {
    end.orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    lines.close();
  }
}
