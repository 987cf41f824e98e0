package org.peerworks.cli.connect;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.peerworks.cli.CommandFailure;
import org.peerworks.files.api.FileResolver;
import org.peerworks.job.api.Jobs;
import org.peerworks.protocol.api.LinkState;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.signaling.api.PeerInfo;

/** A worker that takes calls, and all that leads there. */
public final class Connection implements AutoCloseable {

  private final RemoteWorker worker;
  private final PeerInfo info;
  private final Runnable leave;
  private final CompletableFuture<String> lost = new CompletableFuture<>();
  private volatile LinkState state = LinkState.connected();

  /**
   * @param leave closes what leads to the worker
   */
  Connection(RemoteWorker worker, PeerInfo info, Runnable leave) {
    this.worker = worker;
    this.info = info;
    this.leave = leave;
    worker.onLink(now -> state = now);
    worker.closed().thenAccept(lost::complete);
  }

  public Jobs jobs() {
    return worker.jobs();
  }

  /** The worker's files; empty where worker or protocol have no calls on them. */
  public Optional<FileResolver> files() {
    return worker.files();
  }

  /** How the connection is now. */
  public LinkState state() {
    return state;
  }

  /**
   * Tells how the connection is, as {@link RemoteWorker#onLink} does.
   *
   * @return ends the telling
   */
  public AutoCloseable onState(Consumer<LinkState> listener) {
    return worker.onLink(listener);
  }

  /** Whether its jobs can be asked for later, over another connection. */
  public boolean canComeBack() {
    return !worker.identity().isEmpty();
  }

  /** Name of the worker, for people. */
  public String workerName() {
    return WorkerChoice.name(info);
  }

  /** Id of the worker in its room. */
  public String workerId() {
    return info.id();
  }

  /**
   * Waits for a stage, but not for longer than the connection lives.
   *
   * @throws CommandFailure if the connection is lost for good before
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

  /** Whether the worker can no longer be reached, and will not be again. */
  public boolean isLost() {
    return lost.isDone();
  }

  /** That the connection is lost, as it is said to people. */
  public CommandFailure lost(String reason) {
    String why = reason == null || reason.isBlank() ? "no reason was given" : reason;
    return CommandFailure.noConnection(
        "The connection to worker '"
            + workerName()
            + "' was lost: "
            + why.replaceAll("\\.$", "")
            + ".");
  }

  @Override
  public void close() {
    worker.close();
    leave.run();
  }
}
