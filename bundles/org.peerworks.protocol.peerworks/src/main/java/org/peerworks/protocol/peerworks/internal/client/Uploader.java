package org.peerworks.protocol.peerworks.internal.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
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
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.TransferListener;
import org.peerworks.protocol.peerworks.internal.Settings;
import org.peerworks.protocol.peerworks.internal.transfer.Outgoing;
import org.peerworks.protocol.peerworks.internal.transfer.Pump;
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
  private volatile String closed;

  private record Sending(
      Submits.Input input, TransferListener transfers, CompletableFuture<Void> done) {}

  Uploader(Requests requests, Pump pump, Executor pool) {
    this.requests = requests;
    this.pump = pump;
    this.pool = pool;
  }

  CompletionStage<Void> upload(Submits.Input input, TransferListener transfers) {
    CompletableFuture<Void> turn = new CompletableFuture<>();
    synchronized (waiting) {
      if (active < Settings.TRANSFERS) {
        active++;
        turn.complete(null);
      } else {
        waiting.add(() -> turn.complete(null));
      }
    }
    return turn.thenCompose(go -> offer(input, transfers, true)).whenComplete((r, e) -> next());
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
   * @param again whether to begin anew if what the worker had of the file was wrong
   */
  private CompletionStage<Void> offer(
      Submits.Input input, TransferListener transfers, boolean again) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    return requests
        .ask(
            "offer",
            Json.object().put("sha256", input.sha256()).put("size", input.size()),
            answer -> expect(answer, new Sending(input, transfers, done)))
        .thenCompose(
            answer -> {
              long offset =
                  RemoteJobs.<Long>answer(f -> f.number("offset", 0, input.size())).apply(answer);
              transfers.transferred(input.name(), offset, input.size());
              if (answer.flag("complete", false)) {
                return CompletableFuture.completedFuture(null);
              }
              start(input, offset, answer);
              if (offset == 0 || !again) {
                return done;
              }
              return done.exceptionallyCompose(
                  failure ->
                      failure instanceof JobException refusal
                              && refusal.code() == JobException.Code.INVALID
                          ? offer(input, transfers, false)
                          : CompletableFuture.failedFuture(failure));
            });
  }

  /** What the worker says of the transfer may come right behind its answer. */
  private void expect(Fields answer, Sending file) {
    if (!answer.flag("complete", false)) {
      sending.put(transfer(answer), file);
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
      failed(id, unreadable(input, e));
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

  private static JobException unreadable(Submits.Input input, IOException cause) {
    return new JobException(
        JobException.Code.INVALID,
        "The input '%s' could not be read from '%s': %s"
            .formatted(input.name(), input.file(), cause.getMessage()),
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

  /** Hears of a file that could not be read; that it was sent says nothing yet. */
  private final class Ends implements Outgoing.Listener {

    private final int id;

    Ends(int id) {
      this.id = id;
    }

    @Override
    public void sent() {}

    @Override
    public void failed(IOException cause) {
      Sending file = sending.get(id);
      if (file != null) {
        requests.abort(id);
        Uploader.this.failed(id, unreadable(file.input(), cause));
      }
    }
  }
}
