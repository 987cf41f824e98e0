package org.peerworks.protocol.peerworks.internal.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.TransferListener;
import org.peerworks.protocol.peerworks.internal.SessionLimits;
import org.peerworks.protocol.peerworks.internal.model.Failures;
import org.peerworks.protocol.peerworks.internal.model.JobJson;
import org.peerworks.protocol.peerworks.internal.transfer.Outgoing;
import org.peerworks.protocol.peerworks.internal.transfer.Pump;
import org.peerworks.protocol.peerworks.internal.wire.FieldException;
import org.peerworks.protocol.peerworks.internal.wire.Fields;
import org.peerworks.protocol.peerworks.internal.wire.Json;

/** Uploads inputs, a few at a time. Thread-safe. */
final class Uploader {

  private final Requests requests;
  private final Pump pump;
  private final Executor pool;
  private final Map<Integer, Sending> sending = new ConcurrentHashMap<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int active;
  private int most = SessionLimits.DEFAULT.transfers();
  private volatile boolean seals;
  private volatile String closed;

  /**
   * @param hash of a file that is hashed while it is sent; null if it was hashed before
   */
  private record Sending(
      Submits.Input input,
      TransferListener transfers,
      CompletableFuture<String> hash,
      CompletableFuture<Void> done) {}

  Uploader(Requests requests, Pump pump, Executor pool) {
    this.requests = requests;
    this.pump = pump;
    this.pool = pool;
  }

  /** Sets how many files the worker takes at once. */
  void limit(int transfers) {
    synchronized (waiting) {
      most = Math.min(most, transfers);
    }
  }

  /** Sets whether the worker takes files whose hash is told at their end. */
  void seals(boolean able) {
    seals = able;
  }

  boolean seals() {
    return seals;
  }

  /**
   * @return the hash of what the worker has then
   */
  CompletionStage<String> upload(Submits.Input input, TransferListener transfers) {
    CompletableFuture<Void> turn = new CompletableFuture<>();
    synchronized (waiting) {
      if (active < most) {
        active++;
        turn.complete(null);
      } else {
        waiting.add(() -> turn.complete(null));
      }
    }
    return turn.thenCompose(
            go -> input.hashed() ? offer(input, transfers, true) : hashAndOffer(input, transfers))
        .whenComplete((r, e) -> next());
  }

  private void next() {
    Runnable next;
    synchronized (waiting) {
      next = waiting.poll();
      if (next == null) {
        active--;
      }
    }
    if (next != null) {
      Pools.run(pool, next);
    }
  }

  /**
   * Sends a file under its hash.
   *
   * @param again whether to begin anew if what the worker had of the file was wrong
   */
  private CompletionStage<String> offer(
      Submits.Input input, TransferListener transfers, boolean again) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    return ask("sha256", new Sending(input, transfers, null, done))
        .thenCompose(
            answer -> {
              if (isWhole(answer)) {
                return CompletableFuture.completedFuture(null);
              }
              return offset(answer, input) == 0 || !again
                  ? done
                  : orAnew(done, () -> offer(input, transfers, false).thenAccept(hash -> {}));
            })
        .thenApply(stored -> input.sha256());
  }

  /** Sends a file under a token, and hashes it meanwhile. */
  private CompletionStage<String> hashAndOffer(Submits.Input input, TransferListener transfers) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    CompletableFuture<String> hash = FileHash.begin(input.file(), pool);
    Supplier<CompletionStage<String>> anew =
        () -> hash.thenCompose(own -> offer(input.hashed(own), transfers, false));
    return ask("token", new Sending(input, transfers, hash, done))
        .thenCompose(
            answer -> {
              if (isWhole(answer)) {
                return hash.thenCompose(
                    own -> own.equals(theirs(answer)) ? completed(own) : anew.get());
              }
              CompletionStage<String> sealed = done.thenCompose(stored -> hash);
              return offset(answer, input) == 0 ? sealed : orAnew(sealed, anew);
            })
        .whenComplete((stored, failure) -> hash.cancel(false));
  }

  private static CompletionStage<String> completed(String hash) {
    return CompletableFuture.completedFuture(hash);
  }

  private static <T> CompletionStage<T> orAnew(
      CompletionStage<T> first, Supplier<CompletionStage<T>> anew) {
    return first.exceptionallyCompose(
        failure ->
            Failures.refusal(failure).code() == JobException.Code.INVALID
                ? anew.get()
                : CompletableFuture.failedFuture(failure));
  }

  /** Offers a file, and sends it if the worker does not have it whole. */
  private CompletionStage<Fields> ask(String field, Sending file) {
    Submits.Input input = file.input();
    return requests
        .ask(
            "offer",
            Json.object().put(field, input.sha256()).put("size", input.size()),
            answer -> expect(answer, file))
        .thenApply(
            RemoteJobs.answer(
                answer -> {
                  long offset = offset(answer, input);
                  file.transfers().transferred(input.name(), offset, input.size());
                  if (!isWhole(answer)) {
                    start(input, offset, answer);
                  }
                  return answer;
                }));
  }

  private static boolean isWhole(Fields answer) {
    return answer.flag("complete", false);
  }

  private static long offset(Fields answer, Submits.Input input) {
    return answer.number("offset", 0, input.size());
  }

  private static String theirs(Fields answer) {
    return RemoteJobs.<String>answer(JobJson::sha256).apply(answer);
  }

  /** What the worker says of the transfer may come right behind its answer. */
  private void expect(Fields answer, Sending file) {
    if (!isWhole(answer) && sending.putIfAbsent(transfer(answer), file) != null) {
      throw new FieldException(
          "Field 'transfer' names transfer %d, which is not over.".formatted(transfer(answer)));
    }
  }

  private static int transfer(Fields answer) {
    return (int) answer.number("transfer", 1, Integer.MAX_VALUE);
  }

  private void start(Submits.Input input, long offset, Fields answer) {
    int id = transfer(answer);
    long grant = answer.number("grant", 0, Long.MAX_VALUE);
    FileChannel file;
    try {
      file = FileChannel.open(input.file(), StandardOpenOption.READ);
      file.position(offset);
    } catch (IOException e) {
      requests.abort(id);
      failed(id, unreadable(input.name(), input.file(), e));
      return;
    }
    pump.add(new Outgoing(id, file, offset, input.size(), grant, new Ends(id)));
    if (closed != null) {
      close(closed);
    }
    if (!sending.containsKey(id)) {
      // It failed before there was anything to stop.
      pump.stop(id);
    }
  }

  static JobException unreadable(String name, Path file, Throwable cause) {
    return new JobException(
        JobException.Code.INVALID,
        "The input '%s' could not be read from '%s': %s".formatted(name, file, cause.getMessage()),
        cause);
  }

  void acknowledged(int transfer, long offset, long grant) {
    Sending file = sending.get(transfer);
    if (file == null || offset > file.input().size()) {
      return;
    }
    pump.grant(transfer, offset, grant);
    file.transfers().transferred(file.input().name(), offset, file.input().size());
  }

  void stored(int transfer) {
    Sending file = sending.remove(transfer);
    if (file != null) {
      long size = file.input().size();
      file.transfers().transferred(file.input().name(), size, size);
      Pools.run(pool, () -> file.done().complete(null));
    }
  }

  void failed(int transfer, JobException refusal) {
    Sending file = sending.remove(transfer);
    if (file != null) {
      pump.stop(transfer);
      Pools.run(pool, () -> file.done().completeExceptionally(refusal));
    }
  }

  void close(String reason) {
    closed = reason;
    List<Integer> left = new ArrayList<>(sending.keySet());
    left.forEach(id -> failed(id, Requests.unavailable(reason)));
  }

  private void seal(int transfer, Sending file) {
    file.hash()
        .whenComplete(
            (hash, failure) -> {
              if (failure != null) {
                abort(transfer, failure);
              } else if (sending.containsKey(transfer)) {
                requests.seal(transfer, hash);
              }
            });
  }

  private void abort(int transfer, Throwable cause) {
    Sending file = sending.get(transfer);
    if (file != null) {
      requests.abort(transfer);
      failed(transfer, unreadable(file.input().name(), file.input().file(), cause));
    }
  }

  /** Hears of a file that could not be read; that it was sent says nothing yet. */
  private final class Ends implements Outgoing.Listener {

    private final int id;

    Ends(int id) {
      this.id = id;
    }

    @Override
    public void sent() {
      Sending file = sending.get(id);
      if (file != null && file.hash() != null) {
        seal(id, file);
      }
    }

    @Override
    public void failed(IOException cause) {
      abort(id, cause);
    }
  }
}
