package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Secrets;

/**
 * Passes jobs on to workers for people who cannot connect to them, and tells what the workers
 * answer (sleap-rtc wire format §1.11). What a worker says reaches only who asked it, and the owner
 * of the room. Keeps everything in memory: a restart of the server forgets it, and the jobs go on.
 * Thread-safe; nothing here waits for a worker.
 */
final class Relay {

  private static final int MOST_JOBS = 512;
  private static final int MOST_JOBS_OF_ACCOUNT = 32;
  private static final int MOST_READERS = 128;
  private static final int MOST_READERS_OF_ACCOUNT = 16;

  /** Longest message of a worker that is told, in characters. */
  private static final int LONGEST = 64 * 1024;

  private static final int ID_BYTES = 4;

  private final Map<String, RelayedJob> jobs = new HashMap<>();
  private final Questions questions;
  private final Rooms rooms;
  private final Clock clock;
  private final LongSupplier nanoClock;

  Relay(Rooms rooms, Clock clock, LongSupplier nanoClock) {
    this.rooms = rooms;
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.questions = new Questions(clock, nanoClock);
  }

  /** The worker of a room, if it is there now. */
  Optional<Member> worker(RelayedTo to) {
    return rooms
        .find(to.room())
        .flatMap(room -> room.member(to.peer()))
        .filter(member -> member.role().equals(Member.WORKER));
  }

  Questions questions() {
    return questions;
  }

  /**
   * Hands in a job, of which nothing is known but that it has left.
   *
   * @return its id
   */
  String submit(RelayedTo to, String account, ObjectNode config) throws HttpRefusal {
    Member worker = present(to);
    RelayedJob job;
    synchronized (jobs) {
      makeRoom();
      long own =
          jobs.values().stream()
              .filter(other -> other.account().equals(account) && !other.ended())
              .count();
      if (own >= MOST_JOBS_OF_ACCOUNT) {
        throw new HttpRefusal(
            429, "You have " + own + " jobs at workers already, the limit. Wait for one to end.");
      }
      if (jobs.size() >= MOST_JOBS) {
        throw new HttpRefusal(429, "Too many jobs are passed on by this server. Try again later.");
      }
      job = new RelayedJob(newId(), to, account, new Feed(clock), nanoClock.getAsLong());
      jobs.put(job.id(), job);
    }
    ObjectNode assigned = Replies.typed("job_assigned").put("job_id", job.id());
    assigned.set("config", config);
    worker.socket().send(assigned.put("submitted_by", account));
    return job.id();
  }

  /** Who may is for the caller to find out. */
  Optional<RelayedJob> job(String id) {
    synchronized (jobs) {
      return Optional.ofNullable(jobs.get(id));
    }
  }

  /**
   * @param mode {@code cancel} or {@code stop}
   */
  void cancel(RelayedJob job, String mode) throws HttpRefusal {
    Member worker = present(job.to());
    job.asked(nanoClock.getAsLong());
    worker.socket().send(cancellation(job, mode));
  }

  private static ObjectNode cancellation(RelayedJob job, String mode) {
    return Replies.typed("job_cancel").put("job_id", job.id()).put("mode", mode);
  }

  /** A worker says something; what nobody has asked it for is dropped. */
  void fromWorker(ObjectNode message, Registration.Place place) {
    if (!place.member().role().equals(Member.WORKER) || message.toString().length() > LONGEST) {
      return;
    }
    if (message.path("type").asText().equals(Questions.ANSWER)) {
      questions.answered(RelayedTo.of(place), message);
      return;
    }
    Json.text(message, "job_id")
        .flatMap(this::job)
        .filter(job -> job.to().equals(RelayedTo.of(place)))
        .ifPresent(
            job -> {
              boolean told = message.path("type").asText().equals("job_status");
              job.heard(told ? message.path("status").asText() : "running", nanoClock.getAsLong());
              job.feed().publish(message);
            });
  }

  /** Lets somebody read on. */
  void read(Feed feed, Feed.Watch watch) throws HttpRefusal {
    synchronized (jobs) {
      int all = questions.readers();
      int own = questions.readersOf(watch.account());
      for (RelayedJob job : jobs.values()) {
        all += job.feed().readers();
        own += job.feed().readersOf(watch.account());
      }
      if (all >= MOST_READERS || own >= MOST_READERS_OF_ACCOUNT) {
        throw new HttpRefusal(429, "Too many streams are read. Close one, or try again later.");
      }
      feed.read(watch);
    }
  }

  /** Gives up what is not answered, forgets what is over; to be called every few seconds. */
  void tick() {
    long now = nanoClock.getAsLong();
    questions.tick();
    synchronized (jobs) {
      jobs.values().stream().filter(job -> job.givenUp(now)).forEach(this::tellGivenUp);
      jobs.values().stream().filter(job -> job.forgotten(now)).forEach(job -> job.feed().end());
      jobs.values().removeIf(job -> job.forgotten(now));
    }
  }

  private void tellGivenUp(RelayedJob job) {
    job.feed()
        .publish(
            Replies.typed("job_status")
                .put("job_id", job.id())
                .put("status", "failed")
                .put(
                    "message",
                    "The worker does not answer. It may be gone, or take no such jobs."));
    // It may have begun all the same.
    worker(job.to()).ifPresent(worker -> worker.socket().send(cancellation(job, "cancel")));
  }

  /** To be called more often than connections may be idle. */
  void keepAlive() {
    questions.keepAlive();
    synchronized (jobs) {
      jobs.values().forEach(job -> job.feed().keepAlive());
    }
  }

  /** Ends all streams. */
  void close() {
    questions.close();
    synchronized (jobs) {
      jobs.values().forEach(job -> job.feed().end());
    }
  }

  private Member present(RelayedTo to) throws HttpRefusal {
    return worker(to)
        .orElseThrow(() -> new HttpRefusal(404, "This worker is not in the room now."));
  }

  /** Where all places are taken, jobs that have ended give way. */
  private void makeRoom() {
    if (jobs.size() >= MOST_JOBS) {
      jobs.values().stream().filter(RelayedJob::ended).forEach(job -> job.feed().end());
      jobs.values().removeIf(RelayedJob::ended);
    }
  }

  private String newId() {
    String id;
    do {
      id = "job_" + HexFormat.of().formatHex(Secrets.bytes(ID_BYTES));
    } while (jobs.containsKey(id));
    return id;
  }
}
