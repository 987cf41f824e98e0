package org.peerworks.protocol.sleap.internal.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobEventListener;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.LogListener;
import org.peerworks.job.api.TransferListener;
import org.peerworks.protocol.api.Introduction;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.signaling.api.PeerInfo;
import org.peerworks.signaling.api.Role;

/** A client, a Python worker in memory, and what a test asks of both. */
final class Lab implements AutoCloseable {

  final PythonWorker python = new PythonWorker();
  final Path directory;
  private final ClientSide client;
  private RemoteWorker worker;

  Lab(Path directory) {
    this(directory, quick(directory));
  }

  Lab(Path directory, ClientSettings settings) {
    this.directory = directory;
    this.client = new ClientSide(settings);
  }

  /** Patience for a test. */
  static ClientSettings quick(Path directory) {
    return new ClientSettings(
        directory.resolve("received"),
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        Duration.ofSeconds(30),
        Duration.ofMillis(200),
        Duration.ofMillis(600),
        1 << 20,
        1 << 20,
        0);
  }

  RemoteWorker connect(String generation) {
    return connect(generation, Optional.empty(), Optional.empty());
  }

  RemoteWorker connect(String generation, Optional<String> secret, Optional<String> key) {
    PeerInfo info = new PeerInfo("worker-1", Role.WORKER, List.of(), Map.of());
    worker = join(client.connect(python, new Introduction(info, generation, secret, key)));
    return worker;
  }

  Job submit(JobRequest request) {
    return join(worker.jobs().submit(request, TransferListener.NONE));
  }

  Job ended(Job job) {
    List<JobEvent> events = new ArrayList<>();
    return ended(job, events);
  }

  Job ended(Job job, List<JobEvent> events) {
    join(watch(job, events));
    return join(worker.jobs().get(job.id()));
  }

  Jobs jobs() {
    return worker.jobs();
  }

  /** Completes when no more events will come. */
  CompletionStage<Void> watch(Job job, List<JobEvent> events) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    worker
        .jobs()
        .watch(
            job.id(),
            0,
            new JobEventListener() {
              @Override
              public CompletionStage<Void> onEvent(JobEvent event) {
                events.add(event);
                return CompletableFuture.completedFuture(null);
              }

              @Override
              public void onEnd() {
                end.complete(null);
              }
            });
    return end;
  }

  String log(Job job) {
    StringBuilder text = new StringBuilder();
    CompletableFuture<Void> end = new CompletableFuture<>();
    worker
        .jobs()
        .followLog(
            job.id(),
            0,
            new LogListener() {
              @Override
              public CompletionStage<Void> onChunk(long offset, ByteBuffer chunk) {
                text.append(StandardCharsets.UTF_8.decode(chunk));
                return CompletableFuture.completedFuture(null);
              }

              @Override
              public void onEnd() {
                end.complete(null);
              }
            });
    join(end);
    return text.toString();
  }

  byte[] output(Job job, String name) throws IOException {
    try (InputStream in =
        Channels.newInputStream(join(worker.jobs().openOutput(job.id(), name, 0)))) {
      return in.readAllBytes();
    }
  }

  static <T> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new CompletionException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("It took too long.", e);
    }
  }

  static JobRequest request(String type, String parameters, Map<String, Path> inputs) {
    return new JobRequest(type, parameters, inputs, 5, "key", Duration.ZERO);
  }

  /** A zip archive of texts by path. */
  static Path zip(Path file, Map<String, String> content) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> entry : content.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }

  static Map<String, String> unzip(byte[] content) throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        found.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return found;
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
    client.close();
    python.stop();
  }
}
