package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.signaling.server.basic.Json;

/** A worker that does not answer. */
class RelayTest {

  @TempDir Path data;
  private final AtomicLong now = new AtomicLong();
  private final List<ObjectNode> toWorker = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private Relay relay;
  private RelayedTo to;
  private Registration.Place place;

  @BeforeEach
  void enter() throws Exception {
    Rooms rooms = new Rooms(new RoomFiles(data), Limits.DEFAULT, Clock.systemUTC());
    relay = new Relay(rooms, Clock.systemUTC(), now::get);
    Room room = rooms.find(rooms.create("anna").id()).orElseThrow();
    Member worker =
        new Member(
            "gpu",
            new Entitled("anna", "", "", List.of()),
            Member.WORKER,
            Clock.systemUTC().instant(),
            new PeerSocket() {
              @Override
              public void send(ObjectNode message) {
                toWorker.add(message);
              }

              @Override
              public void ping() {
                throw new AssertionError();
              }

              @Override
              public void close(int code, String reason) {
                throw new AssertionError();
              }
            });
    room.join(worker, Limits.DEFAULT, Clock.systemUTC().instant(), joined -> {});
    place = new Registration.Place(room, worker);
    to = RelayedTo.of(place);
  }

  private Feed.Watch watch() {
    EventStream stream =
        new EventStream(
            (text, sent) -> {
              told.add(text);
              sent.succeeded();
            },
            Callback.NOOP);
    return new Feed.Watch(stream, "anna", () -> true);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
    relay.tick();
  }

  @Test
  void aJobThatNobodyAnswersFailsAndIsForgotten() throws Exception {
    String id = relay.submit(to, "anna", Json.object());
    Feed.Watch watch = watch();
    relay.read(relay.job(id).orElseThrow().feed(), watch);
    pass(Duration.ofSeconds(29));
    assertThat(told).isEmpty();
    pass(Duration.ofSeconds(2));
    assertThat(told).hasSize(1).first().asString().contains("\"failed\"", "does not answer");
    assertThat(toWorker.get(1).path("type").asText()).isEqualTo("job_cancel");
    pass(Duration.ofMinutes(6));
    assertThat(relay.job(id)).isEmpty();
    assertThat(watch.stream().isOver()).isTrue();
    assertThat(told).hasSize(1);
  }

  @Test
  void aJobThatRunsMayBeSilentForHoursButNotForEver() throws Exception {
    String id = relay.submit(to, "anna", Json.object());
    relay.fromWorker(Replies.typed("job_status").put("job_id", id).put("status", "running"), place);
    pass(Duration.ofHours(23));
    assertThat(relay.job(id).orElseThrow().ended()).isFalse();
    pass(Duration.ofHours(2));
    assertThat(relay.job(id).orElseThrow().ended()).isTrue();
  }

  @Test
  void aQuestionThatNobodyAnswersIsAnsweredForTheWorker() throws Exception {
    Feed feed = relay.questions().feed(to, "anna");
    relay.read(feed, watch());
    relay.questions().ask(place.member(), to, "anna", "r1", Replies.typed("fs_list_req"));
    pass(Duration.ofSeconds(31));
    assertThat(told).hasSize(1).first().asString().contains("\"r1\"", "does not answer");
    String id = toWorker.get(0).path("req_id").asText();
    relay.fromWorker(Replies.typed("fs_list_res").put("req_id", id), place);
    assertThat(told).as("too late").hasSize(1);
  }

  @Test
  void onlyTheLastNewsAreKeptAndASlowReaderIsCutOff() throws Exception {
    String id = relay.submit(to, "anna", Json.object());
    Feed feed = relay.job(id).orElseThrow().feed();
    EventStream stuck = new EventStream((text, sent) -> {}, Callback.NOOP);
    relay.read(feed, new Feed.Watch(stuck, "anna", () -> true));
    for (int i = 0; i < 1000; i++) {
      relay.fromWorker(
          Replies.typed("job_status").put("job_id", id).put("message", "x".repeat(1000)), place);
    }
    assertThat(stuck.isOver()).isTrue();
    assertThat(feed.readers()).isZero();
    relay.read(feed, watch());
    assertThat(told.size()).isBetween(50, 64);
  }
}
