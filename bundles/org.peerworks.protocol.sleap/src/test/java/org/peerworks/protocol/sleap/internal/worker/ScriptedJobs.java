package org.peerworks.protocol.sleap.internal.worker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
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
import org.peerworks.job.api.Progress;
import org.peerworks.job.api.Subscription;
import org.peerworks.job.api.TransferListener;

/** A job engine whose jobs do what the test says, when it says it. */
final class ScriptedJobs implements JobAccess {

  final List<Caller> callers = new CopyOnWriteArrayList<>();
  final List<Scripted> all = new CopyOnWriteArrayList<>();
  private volatile JobException refusal;

  /** Refuses the jobs that come from now on. */
  void refuse(JobException why) {
    refusal = why;
  }

  @Override
  public Jobs as(Caller caller) {
    callers.add(caller);
    return new Access(caller);
  }

  /** The job that was handed in as the number-th, from 1, once it is there. */
  Scripted await(int number) {
    org.awaitility.Awaitility.await()
        .pollInterval(java.time.Duration.ofMillis(5))
        .atMost(java.time.Duration.ofSeconds(30))
        .until(() -> all.size() >= number);
    return all.get(number - 1);
  }

  /** One job. */
  static final class Scripted {
    final String id;
    final Caller owner;
    final JobRequest request;
    final Map<String, byte[]> inputs = new LinkedHashMap<>();
    final List<String> told = new CopyOnWriteArrayList<>();
    private final List<LogListener> readers = new CopyOnWriteArrayList<>();
    private final List<JobEventListener> watchers = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> outputs = new LinkedHashMap<>();
    private final java.io.ByteArrayOutputStream log = new java.io.ByteArrayOutputStream();
    private JobState state = JobState.RUNNING;
    private String reason = "";
    private String document = "{}";
    volatile boolean stops = true;

    Scripted(String id, Caller owner, JobRequest request) {
      this.id = id;
      this.owner = owner;
      this.request = request;
      for (Map.Entry<String, Path> input : request.inputs().entrySet()) {
        try {
          inputs.put(input.getKey(), Files.readAllBytes(input.getValue()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    synchronized Scripted log(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      long offset = log.size();
      log.writeBytes(bytes);
      readers.forEach(reader -> reader.onChunk(offset, ByteBuffer.wrap(bytes)));
      return this;
    }

    synchronized Scripted progress(Progress progress) {
      watchers.forEach(w -> w.onEvent(new JobEvent.Progressed(1, id, Instant.EPOCH, progress)));
      return this;
    }

    /**
     * @return whether all are ready for more
     */
    synchronized boolean report(String json) {
      return watchers.stream()
          .map(w -> w.onEvent(new JobEvent.Reported(1, id, Instant.EPOCH, json)))
          .allMatch(taken -> taken.toCompletableFuture().isDone());
    }

    /** What our type of training does when the turn of a model has come. */
    Scripted turn(int index, int count, String name) {
      report(
          "{\"what\":\"peerworks\",\"event\":\"model_begin\",\"index\":%d,\"count\":%d,\"config\":\"%s\"}"
              .formatted(index, count, name));
      return log("Training model %d/%d: %s\n".formatted(index, count, name));
    }

    synchronized Scripted queued(int place) {
      watchers.forEach(w -> w.onEvent(new JobEvent.QueueMoved(1, id, Instant.EPOCH, place)));
      return this;
    }

    Scripted output(String name, byte[] content) {
      outputs.put(name, content);
      return this;
    }

    synchronized void end(JobState how, String why, String json) {
      if (state.isFinal()) {
        return;
      }
      state = how;
      reason = why;
      document = json;
      readers.forEach(LogListener::onEnd);
      watchers.forEach(JobEventListener::onEnd);
    }

    boolean isFollowed() {
      return !readers.isEmpty() && !watchers.isEmpty();
    }

    Scripted awaitFollowed() {
      org.awaitility.Awaitility.await()
          .pollInterval(java.time.Duration.ofMillis(5))
          .atMost(java.time.Duration.ofSeconds(30))
          .until(this::isFollowed);
      return this;
    }

    synchronized JobState state() {
      return state;
    }

    synchronized Job job() {
      List<JobOutput> list = new ArrayList<>();
      outputs.forEach(
          (name, content) -> list.add(new JobOutput(name, content.length, "0".repeat(64))));
      return new Job(
          id,
          request.type(),
          "1.0",
          state,
          reason,
          owner.id(),
          owner.name(),
          5,
          0,
          request.parameters(),
          Instant.EPOCH,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(document),
          list);
    }
  }

  private final class Access implements Jobs {

    private final Caller caller;

    Access(Caller caller) {
      this.caller = caller;
    }

    @Override
    public CompletionStage<Job> submit(JobRequest request, TransferListener transfers) {
      if (refusal != null) {
        return CompletableFuture.failedFuture(refusal);
      }
      Scripted job = new Scripted("job-" + (all.size() + 1), caller, request);
      all.add(job);
      return CompletableFuture.completedFuture(job.job());
    }

    private Scripted find(String jobId) {
      return all.stream()
          .filter(job -> job.id.equals(jobId) && job.owner.id().equals(caller.id()))
          .findFirst()
          .orElseThrow(() -> new JobException(JobException.Code.NOT_FOUND, "No such job."));
    }

    @Override
    public CompletionStage<Job> get(String jobId) {
      return CompletableFuture.completedFuture(find(jobId).job());
    }

    @Override
    public CompletionStage<JobPage> list(JobQuery query) {
      return CompletableFuture.completedFuture(new JobPage(List.of(), ""));
    }

    @Override
    public CompletionStage<Job> cancel(String jobId) {
      Scripted job = find(jobId);
      job.told.add("cancel");
      job.end(JobState.CANCELLED, "Cancelled by its owner.", "{}");
      return get(jobId);
    }

    @Override
    public CompletionStage<Job> stop(String jobId) {
      Scripted job = find(jobId);
      job.told.add("stop");
      if (!job.stops) {
        return CompletableFuture.failedFuture(
            new JobException(JobException.Code.INVALID, "It cannot be ended early."));
      }
      job.end(JobState.SUCCEEDED, "", "{\"stopped_early\":true}");
      return get(jobId);
    }

    @Override
    public CompletionStage<Void> tell(String jobId, String json) {
      find(jobId).told.add(json);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public Subscription watch(String jobId, long afterNumber, JobEventListener listener) {
      Scripted job = find(jobId);
      synchronized (job) {
        if (job.state.isFinal()) {
          listener.onEnd();
          return () -> {};
        }
        job.watchers.add(listener);
      }
      return () -> job.watchers.remove(listener);
    }

    @Override
    public Subscription followLog(String jobId, long offset, LogListener listener) {
      Scripted job = find(jobId);
      synchronized (job) {
        if (job.log.size() > 0) {
          listener.onChunk(0, ByteBuffer.wrap(job.log.toByteArray()));
        }
        if (job.state.isFinal()) {
          listener.onEnd();
          return () -> {};
        }
        job.readers.add(listener);
      }
      return () -> job.readers.remove(listener);
    }

    @Override
    public CompletionStage<ReadableByteChannel> openOutput(String jobId, String name, long offset) {
      byte[] content = find(jobId).outputs.get(name);
      return CompletableFuture.completedFuture(
          Channels.newChannel(new ByteArrayInputStream(content)));
    }

    @Override
    public CompletionStage<List<JobTypeInfo>> types() {
      return CompletableFuture.completedFuture(List.of());
    }
  }
}
