package org.peerworks.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.peerworks.job.api.Job;
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
import org.peerworks.job.api.Progress;
import org.peerworks.job.api.Subscription;
import org.peerworks.job.api.TransferListener;

/** A worker's jobs in memory; a test says what a job does once it was handed in. */
final class MemoryJobs implements Jobs {

  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  /** What following a job ends with; null if anybody may. */
  volatile JobException noFollowing;

  /** One job of the worker. */
  final class Entry {
    final JobRequest request;
    final Map<String, byte[]> inputs = new LinkedHashMap<>();
    final List<String> told = new CopyOnWriteArrayList<>();
    private final String id;
    private final List<JobEvent> events = new ArrayList<>();
    private final StringBuilder log = new StringBuilder();
    private final Map<String, byte[]> outputs = new LinkedHashMap<>();
    private final List<JobEventListener> watchers = new ArrayList<>();
    private final List<LogListener> readers = new ArrayList<>();
    private JobState state = JobState.QUEUED;
    private String reason = "";
    private int place;
    private String document;
    private Progress progress;
    private boolean ofStranger;

    Entry(String id, JobRequest request) {
      this.id = id;
      this.request = request;
    }

    void queued(int position) {
      place = position;
      emit(new JobEvent.QueueMoved(++number, id, NOON, position));
    }

    void running() {
      place = 0;
      state = JobState.RUNNING;
      emit(new JobEvent.StateChanged(++number, id, NOON, state, ""));
    }

    void progress(long done, long total, String unit, String message) {
      progress = new Progress(done, total, unit, message);
      emit(new JobEvent.Progressed(++number, id, NOON, progress));
    }

    void report(String json) {
      emit(new JobEvent.Reported(number, id, NOON, json));
    }

    void log(String text) {
      long offset = log.length();
      log.append(text);
      readers.forEach(reader -> deliver(reader, offset, text));
    }

    /** From now on its log is not the caller's to read. */
    void ofStranger() {
      ofStranger = true;
    }

    void output(String name, byte[] content) {
      outputs.put(name, content);
    }

    void end(JobState ending, String why, String result) {
      state = ending;
      reason = why;
      document = result;
      emit(new JobEvent.StateChanged(++number, id, NOON, ending, why));
      watchers.forEach(JobEventListener::onEnd);
      readers.forEach(LogListener::onEnd);
    }

    Job job() {
      boolean started = state != JobState.QUEUED;
      List<JobOutput> files =
          outputs.entrySet().stream()
              .map(
                  file ->
                      new JobOutput(
                          file.getKey(),
                          file.getValue().length,
                          damaged ? "0".repeat(64) : sha256(file.getValue())))
              .toList();
      return new Job(
          id,
          request.type(),
          "0.1.0",
          state,
          reason,
          "ed25519:00",
          "anna@laptop",
          request.priority(),
          place,
          request.parameters(),
          NOON,
          started ? Optional.of(NOON.plusSeconds(1)) : Optional.empty(),
          state.isFinal() ? Optional.of(NOON.plusSeconds(63)) : Optional.empty(),
          Optional.ofNullable(progress),
          Optional.ofNullable(document),
          state.isFinal() ? files : List.of());
    }

    private void emit(JobEvent event) {
      events.add(event);
      watchers.forEach(watcher -> watcher.onEvent(event));
    }
  }

  final List<JobTypeInfo> types = new ArrayList<>();
  final Map<String, Entry> entries = new LinkedHashMap<>();
  final ConcurrentLinkedQueue<Long> openedAt = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<String> followed = new ConcurrentLinkedQueue<>();
  boolean damaged;
  int breaks;
  JobException refusal;
  volatile CompletableFuture<Void> halfSent = CompletableFuture.completedFuture(null);
  volatile CompletableFuture<Void> answers = CompletableFuture.completedFuture(null);
  Consumer<Entry> behaviour = entry -> {};
  private final Executor executor;
  private long number;

  MemoryJobs(Executor executor) {
    this.executor = executor;
  }

  Entry add(String type) {
    Entry entry =
        new Entry(
            "20261121-12000" + entries.size() + "-abcdef",
            new JobRequest(type, "{}", Map.of(), 5, "key", Duration.ZERO));
    entries.put(entry.id, entry);
    return entry;
  }

  @Override
  public CompletionStage<Job> submit(JobRequest request, TransferListener transfers) {
    CompletableFuture<Void> half = halfSent;
    request.inputs().forEach((name, path) -> transfers.transferred(name, 0, size(path)));
    return half.thenApplyAsync(done -> accept(request, transfers), executor)
        .thenCombine(answers, (job, now) -> job);
  }

  private Job accept(JobRequest request, TransferListener transfers) {
    if (refusal != null) {
      throw refusal;
    }
    Entry entry = new Entry("20261121-12000" + entries.size() + "-abcdef", request);
    request.inputs().forEach((name, path) -> receive(entry, name, path, transfers));
    entries.put(entry.id, entry);
    Job accepted = entry.job();
    executor.execute(() -> behaviour.accept(entry));
    return accepted;
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new JobException(JobException.Code.INVALID, "Unreadable input.", e);
    }
  }

  private static void receive(Entry entry, String name, Path path, TransferListener transfers) {
    try {
      byte[] content = Files.readAllBytes(path);
      transfers.transferred(name, content.length / 2, content.length);
      transfers.transferred(name, content.length, content.length);
      entry.inputs.put(name, content);
    } catch (IOException e) {
      throw new JobException(JobException.Code.INVALID, "Unreadable input.", e);
    }
  }

  @Override
  public CompletionStage<Job> get(String jobId) {
    return CompletableFuture.supplyAsync(() -> entry(jobId).job(), executor);
  }

  private Entry entry(String id) {
    Entry entry = entries.get(id);
    if (entry == null) {
      throw new JobException(JobException.Code.NOT_FOUND, "There is no job '" + id + "'.");
    }
    return entry;
  }

  @Override
  public CompletionStage<JobPage> list(JobQuery query) {
    return CompletableFuture.supplyAsync(
        () -> {
          List<Job> jobs =
              entries.values().stream()
                  .map(Entry::job)
                  .filter(job -> query.states().isEmpty() || query.states().contains(job.state()))
                  .toList();
          int from = query.before().isEmpty() ? 0 : Integer.parseInt(query.before());
          int to = Math.min(jobs.size(), from + Math.min(2, query.limit()));
          return new JobPage(jobs.subList(from, to), to < jobs.size() ? "" + to : "");
        },
        executor);
  }

  @Override
  public CompletionStage<Job> cancel(String jobId) {
    return CompletableFuture.supplyAsync(
        () -> {
          Entry entry = entry(jobId);
          if (!entry.state.isFinal()) {
            entry.end(JobState.CANCELLED, "Cancelled by its owner.", null);
          }
          return entry.job();
        },
        executor);
  }

  @Override
  public CompletionStage<Job> stop(String jobId) {
    return CompletableFuture.supplyAsync(
        () -> {
          Entry entry = entry(jobId);
          if (entry.state == JobState.QUEUED) {
            throw new JobException(JobException.Code.INVALID, "The job has not started.");
          }
          if (!entry.state.isFinal()) {
            entry.end(JobState.SUCCEEDED, "", "{\"stopped_early\":true}");
          }
          return entry.job();
        },
        executor);
  }

  @Override
  public CompletionStage<Void> tell(String jobId, String json) {
    // At once, since a job's behaviour may wait for it on the executor's one thread.
    entry(jobId).told.add(json);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public Subscription watch(String jobId, long afterNumber, JobEventListener listener) {
    executor.execute(
        () -> {
          Entry entry = entry(jobId);
          if (noFollowing != null) {
            listener.onFailed(noFollowing);
            return;
          }
          entry.events.forEach(listener::onEvent);
          if (entry.state.isFinal()) {
            listener.onEnd();
          } else {
            entry.watchers.add(listener);
          }
        });
    return () -> executor.execute(() -> entry(jobId).watchers.remove(listener));
  }

  @Override
  public Subscription followLog(String jobId, long offset, LogListener listener) {
    executor.execute(
        () -> {
          Entry entry = entry(jobId);
          if (entry.ofStranger) {
            listener.onEnd();
            return;
          }
          if (noFollowing != null) {
            listener.onFailed(noFollowing);
            return;
          }
          if (offset < entry.log.length()) {
            deliver(listener, offset, entry.log.substring((int) offset));
          }
          if (entry.state.isFinal()) {
            listener.onEnd();
          } else {
            entry.readers.add(listener);
            followed.add(jobId);
          }
        });
    return () -> executor.execute(() -> entry(jobId).readers.remove(listener));
  }

  private static void deliver(LogListener listener, long offset, String text) {
    listener.onChunk(offset, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public CompletionStage<ReadableByteChannel> openOutput(String jobId, String name, long offset) {
    return CompletableFuture.supplyAsync(
        () -> {
          openedAt.add(offset);
          byte[] content = entry(jobId).outputs.get(name);
          int from = (int) offset;
          if (breaks-- > 0) {
            return new BreakingChannel(content, from, (content.length - from) / 2);
          }
          return Channels.newChannel(
              new ByteArrayInputStream(content, from, content.length - from));
        },
        executor);
  }

  @Override
  public CompletionStage<List<JobTypeInfo>> types() {
    return CompletableFuture.completedFuture(List.copyOf(types));
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of()
          .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(content));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives some bytes, then fails. */
  private static final class BreakingChannel implements ReadableByteChannel {
    private final ByteBuffer bytes;
    private boolean open = true;

    BreakingChannel(byte[] content, int from, int length) {
      bytes = ByteBuffer.wrap(content, from, length);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (!bytes.hasRemaining()) {
        throw new IOException("The stream was reset");
      }
      int count = Math.min(bytes.remaining(), target.remaining());
      for (int i = 0; i < count; i++) {
        target.put(bytes.get());
      }
      return count;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
