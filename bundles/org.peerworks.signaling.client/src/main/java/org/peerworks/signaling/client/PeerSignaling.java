package org.peerworks.signaling.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.peerworks.signaling.api.JoinRequest;
import org.peerworks.signaling.api.Room;
import org.peerworks.signaling.api.Signaling;
import org.peerworks.signaling.api.SignalingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Enters rooms with Java's own WebSocket and HTTP client. */
@Component(immediate = true)
public final class PeerSignaling implements Signaling {

  private static final Logger LOG = LoggerFactory.getLogger(PeerSignaling.class);
  private static final Duration GOODBYE = Duration.ofSeconds(1);

  /** A server on this machine may start at the same time; that is no news. */
  private static final Duration START = Duration.ofSeconds(3);

  private static final Duration AT_START = Duration.ofMillis(250);

  private final ExecutorService executor =
      Executors.newCachedThreadPool(Threads.named("signaling-client"));
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Threads.named("signaling-client-timer"));
  private final Set<CompletableFuture<Room>> joins = ConcurrentHashMap.newKeySet();
  private final Set<Room> rooms = ConcurrentHashMap.newKeySet();
  private final Gear gear;

  @Activate
  public PeerSignaling() {
    this(Pace.DEFAULT);
  }

  PeerSignaling(Pace pace) {
    timer.setRemoveOnCancelPolicy(true);
    CompletableFuture<HttpClient> client =
        CompletableFuture.supplyAsync(() -> client(pace), executor);
    gear = new Gear(client, executor, timer, pace);
  }

  private HttpClient client(Pace pace) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(pace.open())
        .executor(executor)
        .build();
  }

  @Override
  public CompletionStage<Room> join(JoinRequest request) {
    CompletableFuture<Room> result = new CompletableFuture<>();
    joins.add(result);
    result.whenComplete((room, failure) -> joins.remove(result));
    try {
      executor.execute(() -> join(request, result));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(new SignalingException("Signalling has been stopped.", e));
    }
    return result;
  }

  /** Leaves all rooms. Returns within two seconds. */
  @Deactivate
  public void stop() {
    joins.forEach(join -> join.cancel(true));
    rooms.forEach(Room::close);
    timer.shutdown();
    try {
      if (!timer.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        timer.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.shutdownNow();
  }

  private void join(JoinRequest request, CompletableFuture<Room> result) {
    Entry entry = new Entry(gear, request);
    Backoff backoff = new Backoff(gear.pace(), ThreadLocalRandom.current());
    long started = System.nanoTime();
    while (!result.isDone()) {
      try {
        hand(entry.enter(backoff), result);
      } catch (Refused e) {
        result.completeExceptionally(e.toException());
      } catch (IOException e) {
        if (!request.keep()) {
          result.completeExceptionally(new SignalingException(e.getMessage(), e));
        } else if (System.nanoTime() - started < START.toNanos()) {
          LOG.debug("{} Trying again soon", e.getMessage());
          pause(AT_START, result);
        } else {
          Duration pause = backoff.next();
          LOG.warn("{} Trying again in {} s", e.getMessage(), pause.toMillis() / 1000.0);
          pause(pause, result);
        }
      } catch (InterruptedException e) {
        result.completeExceptionally(new SignalingException("Signalling has been stopped.", e));
      } catch (RuntimeException e) {
        result.completeExceptionally(e);
      }
    }
  }

  private void hand(Room room, CompletableFuture<Room> result) {
    rooms.add(room);
    room.closed().thenAccept(reason -> rooms.remove(room));
    if (!result.complete(room)) {
      room.close();
    }
  }

  /** Until the pause is over, or the join has been cancelled. */
  private static void pause(Duration pause, CompletableFuture<Room> result) {
    try {
      result.copy().orTimeout(pause.toNanos(), TimeUnit.NANOSECONDS).handle((r, f) -> r).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      result.completeExceptionally(new SignalingException("Signalling has been stopped.", e));
    }
  }
}
