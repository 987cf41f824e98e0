package org.peerworks.protocol.sleap.internal.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobOutput;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Progress;

/**
 * One job at a sleap-rtc worker, as far as this side knows: such a worker tells how a job goes
 * while it goes, and cannot be asked later. Thread-safe.
 */
final class RemoteJob {

  private static final long THINNED = Duration.ofMillis(500).toNanos();

  private record Stored(JobOutput output, Path file) {}

  private final String id;
  private final JobRequest request;
  private final Path directory;
  private final AtomicLong numbers;
  private final Instant submitted = Instant.now();
  private final Map<String, Stored> outputs = new LinkedHashMap<>();
  private final CompletableFuture<Job> ended = new CompletableFuture<>();
  private final JobLog log;
  private final JobFeed feed;
  private JobState state = JobState.QUEUED;
  private String reason = "";
  private Instant started;
  private Instant endedAt;
  private Progress progress;
  private long progressAt;
  private String document;

  /**
   * @param directory of this job alone; is there
   * @param numbers of events
   */
  RemoteJob(
      String id,
      JobRequest request,
      Path directory,
      AtomicLong numbers,
      long mostLogBytes,
      Executor pool)
      throws IOException {
    this.id = id;
    this.request = request;
    this.directory = directory;
    this.numbers = numbers;
    this.log = new JobLog(directory.resolve("log"), mostLogBytes, pool);
    this.feed = new JobFeed(pool);
    changed();
  }

  String id() {
    return id;
  }

  JobRequest request() {
    return request;
  }

  Path directory() {
    return directory;
  }

  JobLog log() {
    return log;
  }

  JobFeed feed() {
    return feed;
  }

  /** Completes when the job is final. */
  CompletableFuture<Job> ended() {
    return ended;
  }

  synchronized boolean isFinal() {
    return state.isFinal();
  }

  synchronized Job snapshot() {
    return new Job(
        id,
        request.type(),
        "sleap-rtc",
        state,
        reason,
        "",
        "",
        request.priority(),
        0,
        request.parameters(),
        submitted,
        Optional.ofNullable(started),
        Optional.ofNullable(endedAt),
        Optional.ofNullable(progress),
        Optional.ofNullable(document),
        state.isFinal() ? outputs.values().stream().map(Stored::output).toList() : List.of());
  }

  synchronized void running() {
    if (state == JobState.QUEUED) {
      state = JobState.RUNNING;
      started = Instant.now();
      changed();
    }
  }

  /** Progress is thinned to what a person can follow. */
  synchronized void progress(long done, long total, String unit, String message) {
    if (state.isFinal()) {
      return;
    }
    long now = System.nanoTime();
    boolean advanced = progress == null || progress.done() != done || !progress.unit().equals(unit);
    progress =
        new Progress(
            Math.max(0, done),
            Math.max(0, total),
            unit,
            message.length() > 500 ? message.substring(0, 500) : message);
    if (advanced || now - progressAt >= THINNED) {
      progressAt = now;
      feed.add(new JobEvent.Progressed(number(), id, Instant.now(), progress));
    }
  }

  /** The same progress, with another message. */
  synchronized void say(String message) {
    if (progress == null) {
      progress(0, 0, "", message);
    } else {
      progress(progress.done(), progress.total(), progress.unit(), message);
    }
  }

  synchronized void report(String json) {
    if (!state.isFinal()) {
      feed.add(new JobEvent.Reported(numbers.get(), id, Instant.now(), json));
    }
  }

  /** A second file of the same name takes the place of the first. */
  synchronized void output(JobOutput output, Path file) {
    outputs.put(output.name(), new Stored(output, file));
  }

  synchronized boolean hasOutputs() {
    return !outputs.isEmpty();
  }

  /** Of the first one. */
  synchronized Optional<String> outputName() {
    return outputs.keySet().stream().findFirst();
  }

  synchronized int outputs() {
    return outputs.size();
  }

  /** Ends the job; does nothing if it has ended. */
  void end(JobState how, String why, ObjectNode result) {
    synchronized (this) {
      if (state.isFinal()) {
        return;
      }
      state = how;
      reason = why;
      endedAt = Instant.now();
      document = result.toString();
      changed();
    }
    log.end();
    feed.end();
    ended.complete(snapshot());
  }

  synchronized ReadableByteChannel open(String name, long offset) throws IOException {
    Stored stored = state.isFinal() ? outputs.get(name) : null;
    if (stored == null || offset < 0 || offset > stored.output().size()) {
      throw new JobException(
          JobException.Code.NOT_FOUND,
          "Job " + id + " has no output '" + name + "' from there on.");
    }
    FileChannel file = FileChannel.open(stored.file(), StandardOpenOption.READ);
    file.position(offset);
    return file;
  }

  private void changed() {
    feed.add(new JobEvent.StateChanged(number(), id, Instant.now(), state, reason));
  }

  private long number() {
    return numbers.incrementAndGet();
  }
}
