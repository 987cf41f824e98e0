package org.peerworks.job.engine.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Progress;
import org.peerworks.job.api.Slot;

/**
 * Decides which job runs next: by priority, then first come; never more than there are slots. Calls
 * nobody while it holds its lock.
 */
final class Scheduler {

  private static final int MOST_WHOLE = 1000;
  private static final int MOST_PARAMETERS_KEPT = 4096;

  private final Config config;
  private final TypeRegistry types;
  private final SlotPool slots;
  private final Runs runs;
  private final Runnable moved;
  private final Consumer<TypeKey> gone;
  private final JobQueue queue = new JobQueue();
  private final Map<String, RunningJob> running = new HashMap<>();
  private final Shares shares;
  private Optional<String> closed;
  private boolean open;
  private boolean held;
  private boolean stopping;

  /**
   * @param closed why no job is taken in and started; empty if they are
   * @param moved told that places in the queue may have changed
   * @param gone told of a version that has one job less
   */
  Scheduler(
      Config config,
      TypeRegistry types,
      SlotPool slots,
      Runs runs,
      Optional<String> closed,
      Runnable moved,
      Consumer<TypeKey> gone) {
    this.config = config;
    this.shares =
        new Shares(config.maxQueued(), config.maxQueuedPerCaller(), config.assuredPerCaller());
    this.types = types;
    this.slots = slots;
    this.runs = runs;
    this.closed = closed;
    this.moved = moved;
    this.gone = gone;
  }

  /** Keeps a place in the queue for a job that is being taken in. */
  synchronized void reserve(String ownerId) {
    if (stopping) {
      throw Refusals.stopping();
    }
    if (closed.isPresent()) {
      throw Refusals.closed(closed.get());
    }
    switch (shares.take(ownerId)) {
      case TAKEN -> {
        return;
      }
      case TOO_MANY ->
          throw new JobException(
              JobException.Code.LIMIT,
              "You have "
                  + config.maxQueuedPerCaller()
                  + " jobs waiting, the most that one caller may have here. Wait for some to run,"
                  + " or cancel some.");
      case FULL ->
          throw new JobException(
              JobException.Code.LIMIT,
              "The queue of this worker is full: "
                  + shares.all()
                  + " jobs wait, of at most "
                  + config.maxQueued()
                  + ". Try again later.");
    }
  }

  /** Gives up a place that was kept. */
  synchronized void release(String ownerId) {
    shares.giveBack(ownerId);
  }

  /** Queues a stored job for which a place was kept. */
  void add(StoredJob job) {
    synchronized (this) {
      enqueue(job);
    }
    dispatch();
  }

  /** Queues the jobs that waited when the worker ended. */
  synchronized void restore(List<StoredJob> jobs) {
    for (StoredJob job : jobs) {
      shares.add(job.ownerId());
      enqueue(job);
    }
  }

  /** Keeps a small job whole in a short queue, so that it need not be read again to run. */
  private void enqueue(StoredJob job) {
    boolean keep =
        queue.jobs().size() < MOST_WHOLE && job.parameters().length() <= MOST_PARAMETERS_KEPT;
    queue.add(QueuedJob.of(job, keep));
  }

  /**
   * Goes on with a job that ran when the worker was killed.
   *
   * @param slot the one that its program was given
   */
  void resume(StoredJob job, RegisteredType type, Optional<Slot> slot) {
    RunningJob run;
    synchronized (this) {
      if (stopping) {
        return; // the next start finds it
      }
      run = RunningJob.again(job, type, slots.takeAgain(job.slots(), slot), runs);
      running.put(run.id(), run);
    }
    run.start();
  }

  /**
   * Puts a waiting job at another place.
   *
   * @return what is to be stored; empty if it does not wait
   */
  Optional<List<QueuedJob>> move(String id, int place) {
    return replaced(id, job -> queue.moved(job, place));
  }

  /** As {@link #move}, by priority. */
  Optional<List<QueuedJob>> prioritize(String id, int priority) {
    return replaced(id, job -> List.of(job.placed(priority, job.seq())));
  }

  private Optional<List<QueuedJob>> replaced(
      String id, Function<QueuedJob, List<QueuedJob>> change) {
    List<QueuedJob> now;
    synchronized (this) {
      Optional<QueuedJob> job = queue.find(id);
      if (job.isEmpty()) {
        return Optional.empty();
      }
      now = change.apply(job.get());
      now.forEach(queue::replace);
    }
    dispatch();
    return Optional.of(now);
  }

  /** The versions that jobs wait for. */
  synchronized Set<TypeKey> waitedFor() {
    return queue.kinds();
  }

  /** The jobs that wait for a version. */
  synchronized List<QueuedJob> waiting(TypeKey version) {
    return queue.waiting(version);
  }

  /** How many jobs wait for a version. */
  synchronized int queued(TypeKey version) {
    return queue.count(version);
  }

  /** How many jobs run on a version. */
  synchronized int running(TypeKey version) {
    return (int) running.values().stream().filter(job -> job.kind().equals(version)).count();
  }

  /**
   * Hands a waiting job to another version of its type.
   *
   * @return whether it still waited for the version that it had
   */
  synchronized boolean pin(QueuedJob job, RegisteredType other) {
    Optional<QueuedJob> now = queue.find(job.id()).filter(j -> j.kind().equals(job.kind()));
    now.ifPresent(found -> queue.replace(found.pinnedTo(other)));
    return now.isPresent();
  }

  /** Lets jobs run from now on. */
  void open() {
    synchronized (this) {
      open = true;
    }
    dispatch();
  }

  /**
   * Starts no job, or starts them again.
   *
   * @return whether this is a change
   */
  boolean hold(boolean hold) {
    synchronized (this) {
      if (held == hold) {
        return false;
      }
      held = hold;
    }
    dispatch();
    return true;
  }

  /**
   * Takes in and starts no job, or does so again.
   *
   * @param why in words; empty to do so again
   */
  void close(Optional<String> why) {
    synchronized (this) {
      closed = why;
    }
    dispatch();
  }

  synchronized Optional<String> closed() {
    return closed;
  }

  /** Whether no job runs and none will start. */
  synchronized boolean isDrained() {
    return closed.isPresent() && open && running.isEmpty();
  }

  /** Whether no job runs or will start that would fail without this worker. */
  synchronized boolean isLeavable() {
    return closed.isPresent() && open && running.values().stream().allMatch(RunningJob::canGoOn);
  }

  synchronized List<RunningJob> running() {
    return List.copyOf(running.values());
  }

  /** Starts what may run now. */
  void dispatch() {
    List<RunningJob> started = new ArrayList<>();
    synchronized (this) {
      while (open && !held && closed.isEmpty() && !stopping) {
        Optional<QueuedJob> next = queue.takeFirst(this::mayRun);
        if (next.isEmpty()) {
          break;
        }
        take(next.get()).ifPresent(started::add);
      }
    }
    started.forEach(RunningJob::start);
    moved.run();
  }

  private boolean mayRun(QueuedJob job) {
    return slots.isFree(job.slots()) && types.find(job.type(), job.version()).isPresent();
  }

  private Optional<RunningJob> take(QueuedJob job) {
    Optional<RegisteredType> type = types.find(job.type(), job.version());
    if (type.isEmpty()) {
      queue.add(job); // it went away just now
      return Optional.empty();
    }
    shares.giveBack(job.ownerId());
    RunningJob run = new RunningJob(job, type.get(), slots.take(job.slots()).orElseThrow(), runs);
    running.put(job.id(), run);
    return Optional.of(run);
  }

  /** Takes a slot back whose job has ended; its end is being stored. */
  void freed(RunningJob job, CompletableFuture<Void> ended) {
    synchronized (this) {
      slots.giveBack(job.slot());
    }
    ended.whenComplete(
        (done, failure) -> {
          synchronized (this) {
            running.remove(job.id());
          }
          gone.accept(job.kind());
        });
    dispatch();
  }

  /**
   * Ends a job.
   *
   * @return completes when its end is on stable storage; empty if the job neither waits nor runs
   */
  Optional<CompletableFuture<Void>> stop(String id, Stop why) {
    RunningJob run;
    QueuedJob left = null;
    synchronized (this) {
      run = running.get(id);
      if (run == null) {
        Optional<QueuedJob> waiting = queue.remove(id);
        if (waiting.isEmpty()) {
          return Optional.empty();
        }
        shares.giveBack(waiting.get().ownerId());
        left = waiting.get();
      }
    }
    if (run != null) {
      run.stop(why);
      return Optional.of(run.ended());
    }
    CompletableFuture<Void> ended = new CompletableFuture<>();
    runs.store(left.ref(), Outcome.ended(why.state(), why.reason()), runs.clock().instant(), ended);
    moved.run();
    gone.accept(left.kind());
    return Optional.of(ended);
  }

  /** The job, if it runs. */
  synchronized Optional<RunningJob> running(String id) {
    return Optional.ofNullable(running.get(id));
  }

  /** Refuses all from now on, and asks what runs to end. */
  List<RunningJob> shutDown() {
    List<RunningJob> left;
    synchronized (this) {
      stopping = true;
      left = List.copyOf(running.values());
    }
    left.forEach(RunningJob::endWithWorker);
    return left;
  }

  /** Places by job, the first ones only. */
  synchronized Map<String, Integer> firstPlaces(int most) {
    Map<String, Integer> places = new HashMap<>();
    for (QueuedJob job : queue.jobs()) {
      if (places.size() == most) {
        break;
      }
      places.put(job.id(), places.size() + 1);
    }
    return places;
  }

  /** What only memory knows of jobs. */
  synchronized Now now(StoredJob job) {
    if (job.state() == JobState.RUNNING) {
      RunningJob run = running.get(job.id());
      return new Now(0, "", run == null ? Optional.empty() : run.progress());
    }
    if (job.state() != JobState.QUEUED) {
      return Now.NOTHING;
    }
    int position = queue.position(job.id());
    return new Now(position, whyItWaits(job), Optional.empty());
  }

  private String whyItWaits(StoredJob job) {
    if (types.find(job.type(), job.version()).isEmpty()) {
      return "Waits for the job type '" + job.type() + "' " + job.version() + ", which is stopped.";
    }
    if (closed.isPresent()) {
      return "Waits until the worker starts jobs again: " + closed.get();
    }
    return held ? "Waits for room on the worker's disk." : "";
  }

  /**
   * @param position 0 unless queued
   * @param reason why it waits, if there is more than the queue
   */
  record Now(int position, String reason, Optional<Progress> progress) {
    static final Now NOTHING = new Now(0, "", Optional.empty());
  }
}
