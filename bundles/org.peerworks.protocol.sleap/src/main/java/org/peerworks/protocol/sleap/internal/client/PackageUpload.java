package org.peerworks.protocol.sleap.internal.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.peerworks.job.api.TransferListener;
import org.peerworks.protocol.sleap.internal.wire.EndOfFile;
import org.peerworks.protocol.sleap.internal.wire.FileMeta;
import org.peerworks.protocol.sleap.internal.wire.PackageRequest;
import org.peerworks.protocol.sleap.internal.wire.WorkerMessage;

/** A package that is sent whole (sleap-rtc wire format §2.2), with the pauses of its clients. */
final class PackageUpload implements Delivery {

  private static final Duration PAUSE = Duration.ofMillis(100);

  private final LegacyPackage content;
  private final boolean track;
  private final TransferListener transfers;

  PackageUpload(LegacyPackage content, boolean track, TransferListener transfers) {
    this.content = content;
    this.track = track;
    this.transfers = transfers;
  }

  @Override
  public CompletableFuture<Void> deliver(WorkerLink link) {
    transfers.transferred(content.name(), 0, content.size());
    return link.send(new PackageRequest.PackageType(track ? "track" : "train"))
        .thenCompose(sent -> pause())
        .thenCompose(on -> link.send(new PackageRequest.OutputDir(track ? "." : "models")))
        .thenCompose(sent -> pause())
        .thenCompose(
            on -> link.send(new FileMeta(content.name(), content.size(), track ? "false" : "True")))
        .thenCompose(
            sent ->
                link.sendFile(
                    content.file(),
                    content.size(),
                    bytes -> transfers.transferred(content.name(), bytes, content.size())))
        .thenCompose(sent -> link.send(new EndOfFile()))
        .toCompletableFuture();
  }

  private static CompletableFuture<Void> pause() {
    return new CompletableFuture<Void>()
        .completeOnTimeout(null, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public boolean said(WorkerMessage message) {
    return false;
  }
}
