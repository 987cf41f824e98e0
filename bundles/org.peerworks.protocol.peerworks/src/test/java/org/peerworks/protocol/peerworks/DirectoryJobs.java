package org.peerworks.protocol.peerworks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobAccess;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobOutput;
import org.peerworks.job.api.JobPage;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobTypeInfo;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.Subscription;
import org.peerworks.job.api.TransferListener;
import org.peerworks.lib.files.Hashes;

/**
 * A small job engine on a directory. {@code copy} returns its inputs, {@code wait} runs until it is
 * cancelled.
 */
final class DirectoryJobs implements JobAccess {

  private final Path root;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final Map<String, String> keys = new ConcurrentHashMap<>();
  private final Map<String, byte[]> logs = new ConcurrentHashMap<>();
  private final List<JobEvent> events = new ArrayList<>();
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  final List<String> told = new CopyOnWriteArrayList<>();
  final List<Caller> callers = new CopyOnWriteArrayList<>();

  DirectoryJobs(Path root) {
    this.root = root;
  }

  void log(String jobId, byte[] text) {
    logs.put(jobId, text);
  }

  /** Something that a job's program says to who watches now. */
  void reports(String jobId, String json) {
    watchers.stream()
        .filter(watcher -> watcher.jobId.equals(jobId))
        .forEach(
            watcher ->
                watcher.listener.onEvent(
                    new JobEvent.Reported(watcher.next, jobId, Instant.EPOCH, json)));
  }

  int count() {
    return jobs.size();
  }

  int openSubscriptions() {
    return (int) watchers.stream().filter(w -> !w.over).count();
  }

  /** Publishes so many moves in the queue. */
  void moves(String jobId, int count) {
    for (int i = 1; i <= count; i++) {
      publish(new JobEvent.QueueMoved(nextNumber(), jobId, Instant.EPOCH, i));
    }
  }

  private synchronized long nextNumber() {
    return events.size() + 1;
  }

  private void publish(JobEvent event) {
    synchronized (this) {
      events.add(event);
    }
    watchers.forEach(Watcher::proceed);
  }

  @Override
  public Jobs as(Caller caller) {
    callers.add(caller);
    return new Access(caller);
  }

  private final class Access implements Jobs {

    private final Caller caller;

    Access(Caller caller) {
      this.caller = caller;
    }

    @Override
    public CompletionStage<Job> submit(JobRequest request, TransferListener transfers) {
      return call(
          () -> {
            if (!List.of("copy", "wait").contains(request.type())) {
              throw new JobException(
                  JobException.Code.UNKNOWN_TYPE, "No job type '" + request.type() + "'.");
            }
            String first = keys.get(caller.id() + request.idempotencyKey());
            if (first != null) {
              return jobs.get(first);
            }
            Job job = make(request);
            keys.put(caller.id() + request.idempotencyKey(), job.id());
            jobs.put(job.id(), job);
            publish(
                new JobEvent.StateChanged(nextNumber(), job.id(), Instant.EPOCH, job.state(), ""));
            return job;
          });
    }

    @Override
    public CompletionStage<Optional<Job>> submitted(String idempotencyKey) {
      return call(() -> Optional.ofNullable(keys.get(caller.id() + idempotencyKey)).map(jobs::get));
    }

    private Job make(JobRequest request) throws IOException {
      String id = "job-" + ids.incrementAndGet();
      Path directory = Files.createDirectories(root.resolve(id));
      List<JobOutput> outputs = new ArrayList<>();
      for (Map.Entry<String, Path> input : new TreeMap<>(request.inputs()).entrySet()) {
        Path copy = directory.resolve(input.getKey());
        Files.copy(input.getValue(), copy);
        outputs.add(new JobOutput(input.getKey(), Files.size(copy), Hashes.sha256(copy)));
      }
      boolean waits = request.type().equals("wait");
      return new Job(
          id,
          request.type(),
          "1.0",
          waits ? JobState.RUNNING : JobState.SUCCEEDED,
          "",
          caller.id(),
          caller.name(),
          request.priority(),
          0,
          request.parameters(),
          Instant.EPOCH,
          Optional.of(Instant.EPOCH),
          Optional.empty(),
          Optional.empty(),
          Optional.of("{}"),
          outputs);
    }

    @Override
    public CompletionStage<Job> get(String jobId) {
      return call(() -> find(jobId));
    }

    @Override
    public CompletionStage<JobPage> list(JobQuery query) {
      return call(
          () ->
              new JobPage(
                  jobs.values().stream()
                      .filter(job -> !query.onlyMine() || job.ownerId().equals(caller.id()))
                      .sorted(Comparator.comparing(Job::id).reversed())
                      .limit(query.limit())
                      .toList(),
                  jobs.size() > query.limit() ? "more" : ""));
    }

    @Override
    public CompletionStage<Job> cancel(String jobId) {
      return call(() -> end(jobId, JobState.CANCELLED, "Cancelled by its owner."));
    }

    @Override
    public CompletionStage<Job> stop(String jobId) {
      return call(() -> end(jobId, JobState.SUCCEEDED, ""));
    }

    @Override
    public CompletionStage<Void> tell(String jobId, String json) {
      return call(
          () -> {
            find(jobId);
            told.add(json);
            return null;
          });
    }

    private Job end(String jobId, JobState state, String reason) {
      Job old = find(jobId);
      Job job =
          new Job(
              old.id(),
              old.type(),
              old.typeVersion(),
              state,
              reason,
              old.ownerId(),
              old.ownerName(),
              old.priority(),
              0,
              old.parameters(),
              old.submitted(),
              old.started(),
              Optional.of(Instant.EPOCH),
              old.progress(),
              old.document(),
              old.outputs());
      jobs.put(jobId, job);
      publish(
          new JobEvent.StateChanged(nextNumber(), jobId, Instant.EPOCH, job.state(), job.reason()));
      return job;
    }

    @Override
    public Subscription watch(String jobId, long afterNumber, JobEventListener listener) {
      if (jobId.equals("crowded")) {
        listener.onFailed(new JobException(JobException.Code.LIMIT, "You follow too much."));
        return () -> {};
      }
      Watcher watcher = new Watcher(jobId, afterNumber, listener);
      watchers.add(watcher);
      watcher.proceed();
      return watcher;
    }

    @Override
    public Subscription followLog(String jobId, long offset, LogListener listener) {
      byte[] log = logs.getOrDefault(jobId, new byte[0]);
      chunk(log, (int) Math.min(offset, log.length), listener);
      return () -> {};
    }

    private void chunk(byte[] log, int offset, LogListener listener) {
      if (offset >= log.length) {
        listener.onEnd();
        return;
      }
      int size = Math.min(64 << 10, log.length - offset);
      listener
          .onChunk(offset, ByteBuffer.wrap(log, offset, size))
          .whenComplete(
              (done, failure) -> {
                if (failure == null) {
                  chunk(log, offset + size, listener);
                }
              });
    }

    @Override
    public CompletionStage<ReadableByteChannel> openOutput(String jobId, String name, long offset) {
      return call(() -> FileChannel.open(root.resolve(jobId).resolve(name)).position(offset));
    }

    @Override
    public CompletionStage<List<JobTypeInfo>> types() {
      return CompletableFuture.completedFuture(
          List.of(new JobTypeInfo("copy", "1.0", "cpu", "{\"title\":\"Größe\"}")));
    }

    private Job find(String jobId) {
      Job job = jobs.get(jobId);
      if (job == null) {
        throw new JobException(JobException.Code.NOT_FOUND, "No job '" + jobId + "'.");
      }
      return job;
    }
  }

  private interface Call<T> {
    T run() throws IOException;
  }

  private static <T> CompletionStage<T> call(Call<T> call) {
    try {
      return CompletableFuture.completedFuture(call.run());
    } catch (JobException e) {
      return CompletableFuture.failedFuture(e);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(new UncheckedIOException(e));
    }
  }

  private final class Watcher implements Subscription {

    private final String jobId;
    private final JobEventListener listener;
    private int next;
    private boolean busy;
    volatile boolean over;

    Watcher(String jobId, long after, JobEventListener listener) {
      this.jobId = jobId;
      this.listener = listener;
      synchronized (DirectoryJobs.this) {
        this.next = (int) Math.min(after, events.size());
      }
    }

    private void proceed() {
      JobEvent event;
      synchronized (this) {
        if (busy || over) {
          return;
        }
        event = poll();
        if (event == null) {
          return;
        }
        busy = true;
      }
      listener
          .onEvent(event)
          .whenComplete(
              (done, failure) -> {
                synchronized (this) {
                  busy = false;
                  over |= failure != null;
                }
                proceed();
              });
    }

    private JobEvent poll() {
      synchronized (DirectoryJobs.this) {
        while (next < events.size()) {
          JobEvent event = events.get(next++);
          if (jobId.isEmpty() || event.jobId().equals(jobId)) {
            return event;
          }
        }
        return null;
      }
    }

    @Override
    public void close() {
      over = true;
      listener.onEnd();
    }
  }
}
