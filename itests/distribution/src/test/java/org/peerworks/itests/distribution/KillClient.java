package org.peerworks.itests.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobPage;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.Jobs;
import org.peerworks.job.api.TransferListener;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.ClientLimits;
import org.peerworks.protocol.peerworks.internal.Engine;
import org.peerworks.protocol.peerworks.internal.ReconnectLimits;
import org.peerworks.protocol.peerworks.internal.SessionLimits;
import org.peerworks.protocol.peerworks.internal.Settings;
import org.peerworks.protocol.peerworks.internal.transfer.UploadLimits;
import org.peerworks.protocol.peerworks.internal.wire.LinkLimits;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.transport.api.Peer;

/**
 * A client that hands jobs in all the time, each under a key of its own. What was not acknowledged
 * when the worker was killed is handed in again, under the same key, to the next one.
 */
final class KillClient implements AutoCloseable {

  private static final int PAGE = 1000;
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final Radio radio;
  private final Engine engine;
  private final String name;
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final Set<String> handedIn = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger keys = new AtomicInteger();
  private final AtomicInteger again = new AtomicInteger();
  private final List<String> wrong = new java.util.concurrent.CopyOnWriteArrayList<>();
  private volatile RemoteWorker worker;
  private volatile boolean loading = true;
  private volatile boolean closed;

  /**
   * @param directory for its files
   */
  KillClient(Path directory, ServerAddress server, String session) throws Exception {
    name = directory.getFileName().toString();
    radio = new Radio(directory.resolve("native"), server, session);
    Settings settings =
        new Settings(
            name,
            name,
            Set.of(),
            LinkLimits.DEFAULT,
            UploadLimits.DEFAULT,
            ClientLimits.DEFAULT,
            SessionLimits.DEFAULT,
            Settings.HASH_FIRST,
            4 << 20,
            ReconnectLimits.within(Duration.ZERO));
    engine = new Engine(directory.resolve("client"), settings, () -> null);
  }

  /** Finds the worker, which is there. */
  void connect() throws Exception {
    Peer peer = radio.connect();
    worker =
        Radio.get(
            engine.connect(
                peer,
                () ->
                    java.util.concurrent.CompletableFuture.failedFuture(
                        new IllegalStateException("The worker was killed."))));
  }

  /** The worker was killed. */
  void disconnect() {
    RemoteWorker gone = worker;
    worker = null;
    if (gone != null) {
      gone.close();
    }
  }

  /**
   * Hands jobs in, one after the other, from now on.
   *
   * @param inputs makes the input of the job of a number
   * @param room says whether there may be one more job now
   */
  void load(IntFunction<Path> inputs, java.util.function.BooleanSupplier room) {
    Thread thread = new Thread(() -> handInAll(inputs, room), name + "-" + threads.size());
    threads.add(thread);
    thread.start();
  }

  private void handInAll(IntFunction<Path> inputs, java.util.function.BooleanSupplier room) {
    while (loading) {
      if (!room.getAsBoolean()) {
        pause();
        continue;
      }
      int number = keys.incrementAndGet();
      Path input = inputs.apply(number);
      String key = name + "-" + number;
      handedIn.add(key);
      JobRequest request =
          new JobRequest(
              "train", "{}", Map.of(input.getFileName().toString(), input), 5, key, Duration.ZERO);
      try {
        while (!acknowledged(request)) {
          if (closed) {
            return;
          }
        }
        Files.delete(input);
      } catch (IOException | IllegalStateException e) {
        wrong.add(key + ": " + e);
        return;
      }
    }
  }

  private boolean acknowledged(JobRequest request) {
    RemoteWorker now = worker;
    if (now == null) {
      pause();
      return false;
    }
    try {
      Job job =
          now.jobs()
              .submit(request, TransferListener.NONE)
              .toCompletableFuture()
              .get(ANSWER.toSeconds(), TimeUnit.SECONDS);
      acknowledged.put(request.idempotencyKey(), job.id());
      return true;
    } catch (ExecutionException e) {
      again.incrementAndGet();
      if (e.getCause() instanceof JobException refused
          && refused.code() != JobException.Code.UNAVAILABLE
          && worker == now) {
        throw new IllegalStateException("It was refused", refused);
      }
      pause();
      return false;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException("It is to end", e);
    }
  }

  private static void pause() {
    java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
  }

  /** The newest jobs of the worker. */
  List<Job> newest() throws Exception {
    return Radio.get(worker.jobs().list(JobQuery.newest(PAGE))).jobs();
  }

  /** All jobs of the worker, newest first. */
  List<Job> jobs() throws Exception {
    Jobs jobs = worker.jobs();
    List<Job> all = new ArrayList<>();
    String before = "";
    do {
      JobPage page = Radio.get(jobs.list(new JobQuery(Set.of(), false, before, PAGE)));
      all.addAll(page.jobs());
      before = page.next();
    } while (!before.isEmpty());
    return all;
  }

  /** Ids of jobs by the key under which they were handed in. */
  Map<String, String> acknowledged() {
    return Map.copyOf(acknowledged);
  }

  /** Keys under which jobs were handed in, acknowledged or not. */
  int handedIn() {
    return handedIn.size();
  }

  /** How often something had to be handed in again. */
  int again() {
    return again.get();
  }

  List<String> wrong() {
    return wrong;
  }

  /** Hands nothing more in; what is on its way is handed in to its end. */
  void finish() throws InterruptedException {
    loading = false;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Override
  public void close() {
    loading = false;
    closed = true;
    disconnect();
    engine.close();
    radio.close();
  }
}
