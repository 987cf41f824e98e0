package org.peerworks.cli.connect;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.peerworks.cli.CommandFailure;
import org.peerworks.job.api.Jobs;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.signaling.api.Room;
import org.peerworks.transport.api.Peer;

/** A worker that takes calls, and all that leads there. */
public final class Connection implements AutoCloseable {

  private final Room room;
  private final Peer peer;
  private final RemoteWorker worker;
  private final String name;
  private final CompletableFuture<String> lost = new CompletableFuture<>();

  Connection(Room room, Peer peer, RemoteWorker worker, String name) {
    this.room = room;
    this.peer = peer;
    this.worker = worker;
    this.name = name;
    worker.closed().thenAccept(lost::complete);
    peer.closed().thenAccept(lost::complete);
  }

  public Jobs jobs() {
    return worker.jobs();
  }

  /** Whether its jobs can be asked for later, over another connection. */
  public boolean canComeBack() {
    return !worker.identity().isEmpty();
  }

  /** Name of the worker, for people. */
  public String workerName() {
    return name;
  }

  /**
   * Waits for a stage, but not for longer than the connection lives.
   *
   * @throws CommandFailure if the connection is lost before
   */
  public <T> T await(CompletionStage<T> stage) throws InterruptedException {
    CompletableFuture<T> result = new CompletableFuture<>();
    stage.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            result.complete(value);
          } else {
            result.completeExceptionally(failure);
          }
        });
    lost.thenAccept(reason -> result.completeExceptionally(lost(reason)));
    try {
      return Stages.await(result);
    } catch (InterruptedException e) {
      stage.toCompletableFuture().cancel(true);
      throw e;
    }
  }

  /** Whether the worker can no longer be reached. */
  public boolean isLost() {
    return lost.isDone();
  }

  /** That the connection is lost, as it is said to people. */
  public CommandFailure lost(String reason) {
    String why = reason == null || reason.isBlank() ? "no reason was given" : reason;
    return CommandFailure.noConnection(
        "The connection to worker '" + name + "' was lost: " + why.replaceAll("\\.$", "") + ".");
  }

  @Override
  public void close() {
    worker.close();
    peer.close();
    room.close();
  }
}
