package org.peerworks.protocol.sleap.internal.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.Mounts;
import org.peerworks.job.api.JobAccess;
import org.peerworks.protocol.sleap.internal.Threads;
import org.peerworks.protocol.sleap.internal.auth.Authentication;
import org.peerworks.signaling.api.Room;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;

/** A worker in memory, whose jobs are scripted. */
final class Worker implements AutoCloseable {

  static final WorkerLimits LIMITS =
      new WorkerLimits(
          16,
          4,
          4,
          1 << 20,
          1000,
          1 << 20,
          2,
          0,
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          2,
          100);

  /** As {@link #LIMITS}, with another time between two signs of life. */
  static WorkerLimits keepingAlive(Duration pause) {
    return new WorkerLimits(
        LIMITS.clients(),
        LIMITS.channelsOfPeer(),
        LIMITS.jobs(),
        LIMITS.longestText(),
        LIMITS.messagesPerSecond(),
        LIMITS.fileBytes(),
        LIMITS.uploads(),
        LIMITS.reserveBytes(),
        LIMITS.stall(),
        LIMITS.idle(),
        pause,
        LIMITS.auth(),
        LIMITS.redrawsPerSecond(),
        LIMITS.cachedFiles());
  }

  final ScriptedJobs jobs = new ScriptedJobs();
  final AtomicReference<JobAccess> access = new AtomicReference<>(jobs);
  final AtomicReference<Mounts> mounts = new AtomicReference<>();
  final AtomicReference<FileResolver> resolver = new AtomicReference<>();
  final AtomicLong free = new AtomicLong(1L << 40);
  final Path data;
  private final Threads threads = new Threads();
  private final WorkerSide side;
  private final AtomicInteger clients = new AtomicInteger();

  Worker(Path data) {
    this(data, LIMITS, Authentication.NONE);
  }

  Worker(Path data, WorkerLimits limits, Authentication authentication) {
    this.data = data;
    this.side =
        new WorkerSide(
            data,
            limits,
            new InputPlaces("", ""),
            new Services(access::get, mounts::get, resolver::get),
            authentication,
            threads,
            directory -> free.get());
  }

  Worker withMounts(Path root) throws IOException {
    mounts.set(new TestMounts(root));
    return this;
  }

  TestClient connect() {
    return connect(new TestClient("client-" + clients.incrementAndGet(), "my-data-channel"));
  }

  TestClient connect(TestClient client) {
    side.serve(client, client);
    return client;
  }

  void serve(Peer peer, Channel channel) {
    side.serve(peer, channel);
  }

  void entered(Room room) {
    side.entered(room);
  }

  void left(Room room) {
    side.left(room);
  }

  int served() {
    return side.count();
  }

  /** Files that wait below the worker's own directory. */
  List<Path> staged() throws IOException {
    Path incoming = data.resolve("sleap/incoming");
    if (!Files.exists(incoming)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(incoming)) {
      return files.filter(file -> !file.equals(incoming)).toList();
    }
  }

  void awaitNothingStaged() {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(30))
        .until(() -> staged().isEmpty());
  }

  @Override
  public void close() {
    side.close();
    threads.close();
  }
}
