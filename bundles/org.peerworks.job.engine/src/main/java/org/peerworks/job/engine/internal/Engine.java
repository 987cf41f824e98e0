package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.Intake;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.JobTypes;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.ProgramExecutor;
import org.peerworks.job.api.Slots;
import org.peerworks.lib.files.ClockWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of the engine, put together on one data directory; started and ended in order. */
final class Engine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final long STOP_MILLIS = 3500;

  private final DataLock lock;
  private final Threads threads;
  private final Store store;
  private final SlotPool slots;
  private final TypeRegistry types;
  private final Scheduler scheduler;
  private final Subscriptions subscriptions;
  private final Recovery recovery;
  private final TypeCare care;
  private final IntakeDoor intake;
  private final CallerJobs.Parts parts;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile ProgramExecutor programs;
  private final CompletableFuture<Void> programsCame = new CompletableFuture<>();
  private final long patience;
  private boolean waited; // of the thread for chores
  private volatile PlaceAnnouncer announcer;
  private final EngineHealth health;

  /**
   * @throws IOException the data directory is another worker's, or cannot be used; says why
   */
  Engine(Path data, Config config, Clock clock, GpuDetection detection) throws IOException {
    ConfigCheck.require(config);
    patience = config.executorWaitSeconds() * 1000L + 100;
    JobFiles files = JobFiles.open(data);
    KeptInputs kept = new KeptInputs(files, config.keepInputBytes());
    slots = SlotPool.of(config, detection);
    threads = new Threads(config.maxPendingCalls()); // none runs before the store is open
    subscriptions = new Subscriptions(config, threads.deliveries(), threads.timer());
    lock = DataLock.take(files.data());
    try {
      store = Store.open(files.database(), files.jobs(), subscriptions::committed);
    } catch (IOException | RuntimeException | Error e) {
      letGo(e, threads, lock);
      throw e;
    }
    try {
      types = new TypeRegistry(store.readers().read(Queries::standings), config.trialJobs() > 0);
      Runs runs =
          new Runs(
              config,
              files,
              kept,
              store,
              threads.timer(),
              clock,
              () -> Optional.ofNullable(programs),
              programsCame,
              subscriptions::logMoved,
              subscriptions::reported,
              types::isHere,
              this::interrupted,
              this::judged,
              (job, ended) -> freed(job, ended),
              new Orphans(Duration.ofSeconds(config.stopGraceSeconds())));
      scheduler =
          new Scheduler(
              config,
              types,
              slots,
              runs,
              IntakeDoor.stored(store.readers()),
              this::moved,
              this::hasLess);
      intake = new IntakeDoor(store.writer(), scheduler, threads.told());
      DiskWatch disk = new DiskWatch(config, files, kept, scheduler);
      announcer =
          new PlaceAnnouncer(
              store.writer(),
              threads.timer(),
              clock,
              () -> scheduler.firstPlaces(config.announcedPlaces()));
      recovery = new Recovery(runs, types, scheduler);
      care = new TypeCare(config, store, types, scheduler, recovery, threads);
      new Leftovers(files, kept, store.readers(), clock).tidy();
      scheduler.restore(recovery.waiting());
      disk.look(); // before any job is started
      JobIds ids = new JobIds(clock, store.readers().read(Queries::lastId));
      Submitter submitter =
          new Submitter(
              new Admission(config, types, files, kept),
              files,
              ids,
              store,
              types,
              scheduler,
              care::moved,
              clock);
      parts =
          new CallerJobs.Parts(
              store,
              files,
              kept,
              types,
              slots,
              scheduler,
              submitter,
              subscriptions,
              threads.submits(),
              threads.calls());
      Retention retention =
          new Retention(config, store, files, clock, new ClockWatch(clock, System::nanoTime));
      health = new EngineHealth(config, files, store, slots, scheduler, threads);
      recover(false);
      threads
          .timer()
          .scheduleWithFixedDelay(
              () -> disk.lookOn(threads.chores()),
              DiskWatch.PERIOD_SECONDS,
              DiskWatch.PERIOD_SECONDS,
              TimeUnit.SECONDS);
      threads.timer().schedule(this::late, config.executorWaitSeconds(), TimeUnit.SECONDS);
      threads
          .timer()
          .scheduleWithFixedDelay(
              () -> threads.chores().execute(retention::run), 0, 1, TimeUnit.HOURS);
    } catch (IOException | RuntimeException | Error e) {
      letGo(e, store, threads, lock);
      throw e;
    }
  }

  /** So that the next engine on this directory is not refused, which would hide the reason. */
  private static void letGo(Throwable reason, AutoCloseable... parts) {
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        reason.addSuppressed(e);
      }
    }
  }

  Jobs as(Caller caller) {
    return new CallerJobs(parts, caller);
  }

  JobTypes types() {
    return care.versions();
  }

  Intake intake() {
    return intake;
  }

  Slots slots() {
    return slots;
  }

  EngineHealth health() {
    return health;
  }

  Store store() {
    return store;
  }

  void addType(RegisteredType type) {
    care.came(types.add(type));
    recover(false);
    scheduler.dispatch();
  }

  void removeType(JobType code) {
    types.remove(code).ifPresent(gone -> care.went());
  }

  void setPrograms(ProgramExecutor executor) {
    programs = executor;
    programsCame.complete(null);
    recover(false);
  }

  void unsetPrograms(ProgramExecutor executor) {
    if (programs == executor) {
      programs = null;
    }
  }

  /** Ends what runs, stores it, and lets go of the data directory; within 5 s. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    intake.fail("The worker is stopping.");
    List<RunningJob> left = scheduler.shutDown();
    subscriptions.close();
    CompletableFuture<?> all =
        CompletableFuture.allOf(
            left.stream().map(RunningJob::ended).toArray(CompletableFuture<?>[]::new));
    try {
      all.get(STOP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      left.forEach(RunningJob::abandon);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof JobException)) { // that goes on at the next start
        LOG.error("The end of a job was not stored", e);
      }
    } catch (InterruptedException e) {
      left.forEach(RunningJob::abandon);
      Thread.currentThread().interrupt();
    }
    threads.close();
    store.close();
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("The lock of the data directory was not let go in good order", e);
    }
  }

  /**
   * Once the jobs are in order that ran when the worker ended, others may run.
   *
   * @param late whether they may run in any case from now on
   */
  private void recover(boolean late) {
    threads
        .chores()
        .execute(
            () -> {
              waited |= late;
              if (late) {
                programsCame.complete(null);
              }
              try {
                recovery.run(Optional.ofNullable(programs), waited);
              } catch (RuntimeException | Error e) {
                LOG.error("Jobs that ran when the worker ended could not be put in order", e);
              }
              if (waited || recovery.isDone()) {
                scheduler.open();
                intake.look();
              }
            });
  }

  /**
   * A job goes on as soon as there is a type for it; not all too soon, if it is another version.
   */
  private void interrupted(RunningJob job) {
    threads
        .chores()
        .execute(
            () -> {
              try {
                recovery.add(job);
              } catch (IOException e) {
                LOG.error("Job '{}' cannot go on", job.id(), e);
              }
            });
    recover(false);
    threads.timer().schedule(() -> recover(false), patience, TimeUnit.MILLISECONDS);
  }

  private void judged(RunningJob job, Outcome outcome) {
    TypeCare now = care;
    if (now != null) {
      now.ended(job, outcome);
    }
  }

  private void hasLess(TypeKey version) {
    TypeCare now = care;
    if (now != null) {
      now.moved(version);
      intake.look();
    }
  }

  private void late() {
    recover(true);
    care.look();
  }

  private void freed(RunningJob job, CompletableFuture<Void> ended) {
    scheduler.freed(job, ended);
  }

  private void moved() {
    PlaceAnnouncer now = announcer;
    if (now != null) {
      now.changed();
    }
  }
}
