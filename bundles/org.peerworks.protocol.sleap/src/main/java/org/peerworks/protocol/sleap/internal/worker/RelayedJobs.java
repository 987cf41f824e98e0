package org.peerworks.protocol.sleap.internal.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.Jobs;
import org.peerworks.protocol.sleap.internal.wire.JsonFields;
import org.peerworks.protocol.sleap.internal.wire.Limits;
import org.peerworks.protocol.sleap.internal.wire.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs that the room's server has passed on and that have not ended. Thread-safe. */
final class RelayedJobs implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RelayedJobs.class);
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final int MOST = 64;

  private final SessionContext.Shared shared;
  private final RelayStory.Wire wire;
  private final Map<String, Entry> entries = new HashMap<>();

  RelayedJobs(SessionContext.Shared shared, RelayStory.Wire wire) {
    this.shared = shared;
    this.wire = wire;
  }

  /**
   * @param roomId in which the server knows who asks
   * @param config null if there is none
   * @param refusal why no job is taken, if none is
   */
  void assigned(String roomId, JsonFields message, JsonNode config, Optional<Refusal> refusal) {
    String id = message.text("job_id", Limits.ID);
    String account = message.text("submitted_by", Limits.ID, "");
    if (!ID.matcher(id).matches()) {
      LOG.info("Ignored a job that the room's server calls '{}'", Texts.line(id, 60));
      return;
    }
    // The server's word counts in its room only, and makes nobody one who has proven a key.
    Caller caller =
        new Caller("sleap-rtc-relay:" + roomId + ":" + account, Texts.line(account, 64), false);
    try {
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      if (!(config instanceof ObjectNode spec)) {
        throw new Refusal("INVALID_REQUEST", "'config' must be an object.");
      }
      begin(id, caller, spec);
    } catch (SpecException e) {
      LOG.info("Rejected relayed job '{}': {}", id, e.getMessage());
      wire.send(
          RelayStory.rejected(
              id,
              e.problems().stream()
                  .map(one -> new RelayStory.Problem(one.field(), one.message(), one.code()))
                  .toList()));
    } catch (Refusal e) {
      LOG.info("Rejected relayed job '{}': {}", id, e.getMessage());
      wire.send(
          RelayStory.rejected(
              id, List.of(new RelayStory.Problem("job", e.getMessage(), e.code()))));
    }
  }

  private void begin(String id, Caller caller, ObjectNode config) {
    JobQueue queue = new JobQueue(shared.limits());
    SpecJobs specs = new SpecJobs(shared.services(), shared.staging(), queue);
    Supplier<Jobs> jobs = () -> shared.services().jobs(caller);
    Entry entry = new Entry(caller, queue, jobs);
    if (!add(id, entry)) {
      LOG.info("Ignored relayed job '{}', which came before", id);
      return;
    }
    try {
      JobSpec spec = specs.check(config);
      LOG.info("Taking relayed job '{}' of '{}'", id, caller.id());
      specs.submit(
          spec,
          jobs,
          new RelayStory(id, spec.models(), wire, entry::accepted, () -> remove(id, entry)));
    } catch (SpecException | Refusal e) {
      remove(id, entry);
      throw e;
    }
  }

  private synchronized boolean add(String id, Entry entry) {
    if (entries.containsKey(id)) {
      return false;
    }
    long own =
        entries.values().stream()
            .filter(other -> other.caller.id().equals(entry.caller.id()))
            .count();
    if (entries.size() >= MOST || own >= shared.limits().jobs()) {
      throw new Refusal("LIMIT", "Too many relayed jobs run or wait. Wait for one to end.");
    }
    entries.put(id, entry);
    return true;
  }

  private synchronized void remove(String id, Entry entry) {
    entries.remove(id, entry);
  }

  /** {@code mode} is {@code stop}, to keep what there is, or else {@code cancel}. */
  void cancel(JsonFields message) {
    String id = message.text("job_id", Limits.ID);
    Entry entry;
    synchronized (this) {
      entry = entries.get(id);
    }
    if (entry == null) {
      LOG.info("The room's server wants to end job '{}', which it did not pass on", id);
    } else {
      entry.end(message.text("mode", 40, "cancel").equals("stop"));
    }
  }

  /** Jobs go on, untold. */
  @Override
  public void close() {
    List<Entry> all;
    synchronized (this) {
      all = List.copyOf(entries.values());
      entries.clear();
    }
    all.forEach(entry -> entry.queue.abandon());
  }

  /** One job, from before the engine has taken it. */
  private static final class Entry {

    private final Caller caller;
    private final JobQueue queue;
    private final Supplier<Jobs> jobs;
    private Optional<String> jobId = Optional.empty();
    private Optional<Boolean> wish = Optional.empty();

    Entry(Caller caller, JobQueue queue, Supplier<Jobs> jobs) {
      this.caller = caller;
      this.queue = queue;
      this.jobs = jobs;
    }

    synchronized void accepted(Job job) {
      jobId = Optional.of(job.id());
      wish.ifPresent(this::end);
    }

    /**
     * @param early with what it has
     */
    synchronized void end(boolean early) {
      wish = Optional.of(early);
      if (jobId.isPresent() && early) {
        Steering.stop(jobs.get(), jobId.get());
      } else if (jobId.isPresent()) {
        Steering.cancel(jobs.get(), jobId.get());
      }
    }
  }
}
