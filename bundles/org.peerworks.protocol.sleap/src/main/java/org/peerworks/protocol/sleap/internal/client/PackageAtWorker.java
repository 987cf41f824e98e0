package org.peerworks.protocol.sleap.internal.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.peerworks.job.api.JobException;
import org.peerworks.protocol.sleap.internal.wire.FsReply;
import org.peerworks.protocol.sleap.internal.wire.FsRequest;
import org.peerworks.protocol.sleap.internal.wire.PackageRequest;
import org.peerworks.protocol.sleap.internal.wire.Texts;
import org.peerworks.protocol.sleap.internal.wire.WorkerMessage;

/** A package that lies at a worker of the third generation already (sleap-rtc wire format §2.7). */
final class PackageAtWorker implements Delivery {

  private final String path;
  private final boolean track;
  private final Duration patience;
  private final CompletableFuture<Void> answer = new CompletableFuture<>();

  /**
   * @param path at the worker
   */
  PackageAtWorker(String path, boolean track, Duration patience) {
    this.path = path;
    this.track = track;
    this.patience = patience;
  }

  @Override
  public CompletableFuture<Void> deliver(WorkerLink link) {
    link.send(new PackageRequest.PackageType(track ? "track" : "train"));
    link.send(new FsRequest.UseWorkerPath(path));
    return answer
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .thenCompose(there -> link.send(new PackageRequest.OutputDir(track ? "." : "models")));
  }

  @Override
  public boolean said(WorkerMessage message) {
    if (message instanceof FsReply.PathOk) {
      answer.completeAsync(() -> null);
    } else if (message instanceof FsReply.PathError error) {
      answer.completeExceptionally(
          new JobException(
              JobException.Code.INVALID,
              "The worker refused '%s': %s".formatted(path, Texts.line(error.message(), 300))));
    } else {
      return false;
    }
    return true;
  }
}
