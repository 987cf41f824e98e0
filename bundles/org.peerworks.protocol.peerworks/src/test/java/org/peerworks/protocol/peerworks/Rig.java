package org.peerworks.protocol.peerworks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.peerworks.job.api.JobAccess;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobRequest;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.Engine;
import org.peerworks.protocol.peerworks.internal.Settings;

/** A worker and its clients in memory. */
final class Rig implements AutoCloseable {

  static final Settings SETTINGS = new Tuned().get();

  final Path directory;
  final DirectoryJobs jobs;
  final AtomicReference<JobAccess> access = new AtomicReference<>();
  final Engine worker;
  final Engine client;

  Rig(Path directory) {
    this(directory, SETTINGS);
  }

  Rig(Path directory, Settings settings) {
    this.directory = directory;
    this.jobs = new DirectoryJobs(directory.resolve("jobs"));
    access.set(jobs);
    worker = new Engine(directory.resolve("worker"), settings, access::get);
    client = new Engine(directory.resolve("client"), settings, () -> null);
  }

  /** Ends of a new channel: the client's, the worker's, which is served. */
  MemoryChannel[] channel() {
    MemoryChannel[] ends = MemoryChannel.pair(64 << 10);
    worker.serve(MemoryPeer.client(ends[1]), ends[1]);
    return ends;
  }

  RemoteWorker connect() {
    return connect(channel());
  }

  RemoteWorker connect(MemoryChannel[] ends) {
    return get(client.connect(MemoryPeer.worker(ends[0]), ends[0]));
  }

  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  static JobException refusal(CompletionStage<?> stage) {
    try {
      get(stage);
    } catch (JobException e) {
      return e;
    }
    throw new AssertionError("The call was not refused.");
  }

  /** A file of so many bytes that look random. */
  Path file(String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    new java.util.Random(size).nextBytes(bytes);
    return Files.write(directory.resolve(name), bytes);
  }

  static JobRequest copy(Map<String, Path> inputs) {
    return request("copy", inputs, "key-" + System.nanoTime());
  }

  static JobRequest request(String type, Map<String, Path> inputs, String key) {
    return new JobRequest(type, "{\"a\":\"ä€😀\"}", inputs, 5, key, Duration.ZERO);
  }

  /** Files below the worker's upload directory. */
  long uploads() throws IOException {
    Path uploads = directory.resolve("worker/uploads");
    if (!Files.exists(uploads)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(uploads)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Override
  public void close() {
    client.close();
    worker.close();
  }
}
