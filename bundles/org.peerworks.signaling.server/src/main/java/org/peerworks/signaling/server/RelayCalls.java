package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.peerworks.signaling.server.accounts.User;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Refusal;

/**
 * The calls of people who cannot connect to workers, such as browsers without WebRTC (sleap-rtc
 * wire format §1.10, §1.11). Unlike at the first server, what comes back is for who asked only.
 */
final class RelayCalls {

  /** A job may hold configurations. */
  static final int MAX_JOB = 64 * 1024;

  static final String SUBMIT = "/api/jobs/submit";

  private static final String WORKER = "worker:";
  private static final int LONGEST_PATH = 4096;
  private static final int LONGEST_ID = 128;
  private static final int MOST_OFFSET = 100_000_000;

  private final Relay relay;
  private final Rooms rooms;
  private final Callers callers;

  RelayCalls(Relay relay, Rooms rooms, Callers callers) {
    this.relay = relay;
    this.rooms = rooms;
    this.callers = callers;
  }

  void addTo(Router router) {
    router.on("POST", SUBMIT, this::submit);
    router.on("POST", "/api/jobs/{job}/cancel", this::cancel);
    router.on("POST", "/api/fs/list", this::list);
    router.on("GET", "/stream/{channel}", this::stream);
    router.on("GET", "/relay/stream/{channel}", this::stream);
  }

  private HttpReply submit(HttpCall call) throws Refusal, IOException {
    User user = callers.user(call);
    RelayedTo to = to(user, call);
    JsonNode config = call.json().path("config");
    if (!(config instanceof ObjectNode spec)) {
      throw new HttpRefusal(422, "'config' must be an object: what the worker shall do.");
    }
    return HttpReply.ok(Json.object().put("job_id", relay.submit(to, user.id(), spec)));
  }

  private HttpReply cancel(HttpCall call) throws Refusal, IOException {
    User user = callers.user(call);
    RelayedTo to = to(user, call);
    String mode = call.text("mode").orElse("cancel");
    if (!List.of("cancel", "stop").contains(mode)) {
      throw new HttpRefusal(422, "'mode' must be 'cancel' or 'stop'.");
    }
    RelayedJob job = job(user, call.part("job"));
    if (!job.to().equals(to)) {
      throw noJob();
    }
    relay.cancel(job, mode);
    return HttpReply.ok(Json.object().put("status", "cancel_sent"));
  }

  private HttpReply list(HttpCall call) throws Refusal, IOException {
    User user = callers.user(call);
    RelayedTo to = to(user, call);
    JsonNode offset = call.json().path("offset");
    if (!offset.isMissingNode()
        && (!offset.canConvertToInt()
            || offset.intValue() < 0
            || offset.intValue() > MOST_OFFSET)) {
      throw new HttpRefusal(422, "'offset' must be a whole number from 0 on.");
    }
    ObjectNode question =
        Replies.typed("fs_list_req")
            .put("path", required(call, "path", LONGEST_PATH))
            .put("offset", offset.intValue());
    Member worker =
        relay
            .worker(to)
            .orElseThrow(() -> new HttpRefusal(404, "This worker is not in the room now."));
    relay.questions().ask(worker, to, user.id(), required(call, "req_id", LONGEST_ID), question);
    return HttpReply.ok(Json.object().put("status", "request_forwarded"));
  }

  private HttpReply stream(HttpCall call) throws Refusal, IOException {
    User user = callers.user(call);
    String channel = call.part("channel");
    String room;
    Feed feed;
    if (channel.startsWith(WORKER)) {
      RelayedTo to = watched(user, call, channel.substring(WORKER.length()));
      room = to.room();
      feed = relay.questions().feed(to, user.id());
    } else {
      RelayedJob job = job(user, channel);
      room = job.to().room();
      feed = job.feed();
    }
    return HttpReply.stream(
        stream ->
            relay.read(feed, new Feed.Watch(stream, user.id(), () -> still(call, user, room))));
  }

  /** A login may be ended, and a membership too, while somebody reads. */
  private boolean still(HttpCall call, User user, String room) {
    try {
      return callers.user(call).id().equals(user.id()) && isMember(user, room);
    } catch (HttpRefusal | IOException e) {
      return false;
    }
  }

  private boolean isMember(User user, String room) {
    return rooms.find(room).flatMap(here -> here.details().role(user.id())).isPresent();
  }

  /** Those who handed it in, and the owner of the room; others hear that there is none. */
  private RelayedJob job(User user, String id) throws HttpRefusal {
    return relay
        .job(id)
        .filter(job -> isMember(user, job.to().room()))
        .filter(job -> job.account().equals(user.id()) || owns(user, job.to().room()))
        .orElseThrow(RelayCalls::noJob);
  }

  private boolean owns(User user, String room) {
    return rooms
        .find(room)
        .flatMap(here -> here.details().role(user.id()))
        .filter(RoomDetails.Role.owner::equals)
        .isPresent();
  }

  private static HttpRefusal noJob() {
    return new HttpRefusal(404, "No such job was passed on by this server, or not for you.");
  }

  /** A worker's id says not which room is meant, unless it is in one only. */
  private RelayedTo watched(User user, HttpCall call, String peer) throws HttpRefusal {
    Optional<String> room = call.parameter("room_id");
    if (room.isPresent()) {
      return new RelayedTo(callers.member(user, room.get()).id(), peer);
    }
    List<RelayedTo> found =
        rooms.ofMember(user.id()).stream()
            .map(here -> new RelayedTo(here.id(), peer))
            .filter(to -> relay.worker(to).isPresent())
            .toList();
    if (found.size() != 1) {
      throw new HttpRefusal(
          404,
          found.isEmpty()
              ? "No such worker is in a room of yours now."
              : "Workers of this name are in several rooms. Add '?room_id=' and the room.");
    }
    return found.get(0);
  }

  private RelayedTo to(User user, HttpCall call) throws HttpRefusal {
    Room room = callers.member(user, required(call, "room_id", LONGEST_ID));
    return new RelayedTo(room.id(), required(call, "peer_id", LONGEST_ID));
  }

  private static String required(HttpCall call, String field, int longest) throws HttpRefusal {
    return call.text(field)
        .filter(text -> text.length() <= longest)
        .orElseThrow(
            () ->
                new HttpRefusal(
                    422, "'" + field + "' must be a text of 1 to " + longest + " characters."));
  }
}
