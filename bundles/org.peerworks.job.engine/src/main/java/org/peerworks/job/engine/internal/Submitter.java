package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.TransferListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes jobs in: judged, placed, stored, queued. */
final class Submitter {

  private static final Logger LOG = LoggerFactory.getLogger(Submitter.class);

  private static final int SMALL_PARAMETERS = 4096;

  private record Key(String ownerId, String key) {}

  private final Admission admission;
  private final JobFolder folder;
  private final JobFiles files;
  private final JobIds ids;
  private final Store store;
  private final TypeRegistry types;
  private final Scheduler scheduler;
  private final Consumer<TypeKey> arrived;
  private final Clock clock;
  private final Map<Key, CompletableFuture<StoredJob>> underWay = new ConcurrentHashMap<>();

  /**
   * @param arrived told that a job is on no way any more to a version: it is queued, or refused
   */
  Submitter(
      Admission admission,
      JobFiles files,
      JobIds ids,
      Store store,
      TypeRegistry types,
      Scheduler scheduler,
      Consumer<TypeKey> arrived,
      Clock clock) {
    this.admission = admission;
    this.folder = new JobFolder(files);
    this.files = files;
    this.ids = ids;
    this.store = store;
    this.types = types;
    this.scheduler = scheduler;
    this.arrived = arrived;
    this.clock = clock;
  }

  /**
   * @param executor does the work that blocks
   * @return completes when the job is on stable storage
   */
  CompletableFuture<StoredJob> submit(
      Caller caller, JobRequest request, TransferListener transfers, Executor executor) {
    Key key = new Key(caller.id(), request.idempotencyKey());
    CompletableFuture<StoredJob> mine = new CompletableFuture<>();
    CompletableFuture<StoredJob> first = underWay.putIfAbsent(key, mine);
    if (first != null) {
      return first.copy();
    }
    mine.whenComplete((job, failure) -> underWay.remove(key, mine));
    if (!takenInAtOnce(caller, request, mine)) {
      try {
        executor.execute(() -> takeIn(caller, request, transfers, mine));
      } catch (RejectedExecutionException e) {
        mine.completeExceptionally(e);
      }
    }
    return mine.copy();
  }

  /**
   * @param executor does the work that blocks
   * @return the job of a submit that has succeeded, or is just succeeding; empty if there is none
   */
  CompletableFuture<Optional<StoredJob>> submitted(
      Caller caller, String idempotencyKey, Executor executor) {
    CompletableFuture<StoredJob> current = underWay.get(new Key(caller.id(), idempotencyKey));
    return (current == null
            ? CompletableFuture.<StoredJob>completedFuture(null)
            : current.exceptionally(failure -> null))
        .thenApplyAsync(
            job -> {
              try {
                return job != null
                    ? Optional.of(job)
                    : store.readers().read(q -> q.jobByKey(caller.id(), idempotencyKey));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            executor);
  }

  /** A small job without inputs needs nothing that blocks; so it is spared a change of threads. */
  private boolean takenInAtOnce(
      Caller caller, JobRequest request, CompletableFuture<StoredJob> result) {
    if (!request.inputs().isEmpty() || request.parameters().length() > SMALL_PARAMETERS) {
      return false;
    }
    try {
      store(place(caller, request, TransferListener.NONE), false, result);
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.debug("A submit is looked at again, for it may be a repeated one", e);
      return false;
    }
  }

  private void takeIn(
      Caller caller,
      JobRequest request,
      TransferListener transfers,
      CompletableFuture<StoredJob> result) {
    try {
      // Of a job without inputs the store itself finds out whether it has it already.
      if (!request.inputs().isEmpty() && answerKnown(caller, request, result)) {
        return;
      }
      StoredJob job;
      try {
        job = place(caller, request, transfers);
      } catch (IOException | RuntimeException e) {
        if (answerKnown(caller, request, result)) {
          return; // a repeated submit gets the first job, whatever has changed since
        }
        throw e;
      }
      store(job, !request.inputs().isEmpty(), result);
    } catch (Throwable e) { // the caller waits, also if there is no memory
      result.completeExceptionally(e);
    }
  }

  private boolean answerKnown(
      Caller caller, JobRequest request, CompletableFuture<StoredJob> result) throws IOException {
    Optional<StoredJob> known =
        store.readers().read(q -> q.jobByKey(caller.id(), request.idempotencyKey()));
    known.ifPresent(result::complete);
    return known.isPresent();
  }

  /** Judges a request, keeps a place in the queue for it and brings its inputs to the disk. */
  private StoredJob place(Caller caller, JobRequest request, TransferListener transfers)
      throws IOException {
    RegisteredType type = admission.require(request);
    boolean reserved = false;
    try {
      StoredJob job = job(caller, request, type);
      scheduler.reserve(caller.id());
      reserved = true;
      if (!request.inputs().isEmpty()) {
        folder.make(job, request.inputs(), transfers);
      }
      return job;
    } catch (IOException | RuntimeException | Error e) {
      if (reserved) {
        scheduler.release(caller.id());
      }
      arrived(type.key());
      throw e;
    }
  }

  private void store(StoredJob job, boolean hasDirectory, CompletableFuture<StoredJob> result) {
    store
        .writer()
        .write(rows -> rows.addJob(job, hasDirectory))
        .whenComplete(
            (stored, failure) -> {
              if (failure == null && stored.id().equals(job.id())) {
                // Said before the job may run or the caller may know of it.
                LOG.info("Accepted job '{}' of type '{}'", stored.id(), stored.type());
                scheduler.add(stored);
                arrived(job.kind());
                result.complete(stored);
                return;
              }
              scheduler.release(job.ownerId());
              arrived(job.kind());
              drop(job.id());
              if (failure == null) {
                result.complete(stored);
              } else {
                result.completeExceptionally(failure);
              }
            });
  }

  private void arrived(TypeKey version) {
    types.arrived(version);
    arrived.accept(version);
  }

  private void drop(String id) {
    try {
      files.delete(id);
    } catch (IOException e) {
      LOG.warn("The directory of the refused job '{}' stays until the next start", id, e);
    }
  }

  private StoredJob job(Caller caller, JobRequest request, RegisteredType type) {
    return new StoredJob(
        0,
        ids.next(),
        type.name(),
        type.version(),
        type.slots(),
        JobState.QUEUED,
        "",
        caller.id(),
        caller.name(),
        request.priority(),
        0,
        Json.compact(request.parameters()),
        request.idempotencyKey(),
        admission.timeout(request),
        clock.instant(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
