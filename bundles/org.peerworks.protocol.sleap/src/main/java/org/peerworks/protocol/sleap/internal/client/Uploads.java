package org.peerworks.protocol.sleap.internal.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.TransferListener;
import org.peerworks.lib.files.Hashes;
import org.peerworks.protocol.sleap.internal.wire.FsReply;
import org.peerworks.protocol.sleap.internal.wire.Texts;
import org.peerworks.protocol.sleap.internal.wire.UploadReply;
import org.peerworks.protocol.sleap.internal.wire.UploadRequest;
import org.peerworks.protocol.sleap.internal.wire.WorkerMessage;

/**
 * Files on their way to a worker's own folders (sleap-rtc wire format §2.8), one after the other: a
 * worker has one upload at a time. What it has already, by its hash, is not sent.
 */
final class Uploads implements WorkerLink.Listener {

  private static final Duration LONGEST = Duration.ofDays(7);

  private final WorkerLink link;
  private final ClientSettings settings;
  private final FsReply.Info info;
  private final TransferListener transfers;
  private volatile CompletableFuture<UploadReply> pending = new CompletableFuture<>();
  private volatile String closed;

  Uploads(WorkerLink link, ClientSettings settings, FsReply.Info info, TransferListener transfers) {
    this.link = link;
    this.settings = settings;
    this.info = info;
    this.transfers = transfers;
  }

  /**
   * Brings a file there. Blocks.
   *
   * @param name plain
   * @return where it is at the worker
   * @throws JobException if the worker does not take it
   */
  String place(String name, Path file) throws IOException, InterruptedException {
    long size = Files.size(file);
    transfers.transferred(name, 0, size);
    Optional<String> known = find(name, Hashes.sha256(file));
    if (known.isPresent()) {
      transfers.transferred(name, size, size);
      return known.get();
    }
    return send(name, file, directory());
  }

  /** Where the worker has a file already, as far as it says. Blocks. */
  Optional<String> find(String name, String hash) throws InterruptedException {
    return ask(new UploadRequest.Check(hash, name), settings.answer())
            instanceof UploadReply.CacheHit hit
        ? Optional.of(absolute(hit.path()))
        : Optional.empty();
  }

  /**
   * Sends a file below a directory of the worker, which makes it if it is not there. Blocks.
   *
   * @return where it is at the worker
   */
  String send(String name, Path file, String directory) throws IOException, InterruptedException {
    long size = Files.size(file);
    ask(new UploadRequest.Start(name, size, directory, true), settings.answer());
    UploadReply end = send(name, file, size);
    transfers.transferred(name, size, size);
    if (end instanceof UploadReply.Complete complete) {
      return absolute(complete.path());
    }
    throw Refusals.invalid("The worker did not say where it put '" + name + "'.");
  }

  /** A worker may give it up in the middle. */
  private UploadReply send(String name, Path file, long size)
      throws IOException, InterruptedException {
    CompletableFuture<UploadReply> answer = expect();
    CompletableFuture<Void> sending =
        link.sendFile(file, size, bytes -> transfers.transferred(name, bytes, size));
    answer.whenComplete((reply, failure) -> sending.cancel(false));
    await(sending.exceptionallyCompose(failure -> unless(answer, failure)), LONGEST);
    link.send(new UploadRequest.End());
    return checked(await(answer, settings.stall()));
  }

  private static String absolute(String path) {
    if (!path.startsWith("/") && !path.matches("[A-Za-z]:[\\\\/].*")) {
      throw Refusals.invalid(
          "The worker says that it put a file at '%s', which is no path of its own."
              .formatted(Texts.line(path, 200)));
    }
    return path;
  }

  /** The working directory if clients may write there, else the first folder that is shared. */
  String directory() {
    String working = info.workingDirectory();
    boolean shared =
        info.mounts().stream()
            .anyMatch(
                mount ->
                    working.equals(mount.path())
                        || working.startsWith(mount.path().replaceFirst("/$", "") + "/"));
    if (shared) {
      return working;
    }
    return info.mounts().stream()
        .findFirst()
        .map(FsReply.MountPoint::path)
        .orElseThrow(
            () ->
                Refusals.invalid(
                    "The worker shares no folder that files could be sent to. Its owner adds one with 'config add-mount'."));
  }

  /** Why a file was not sent to its end: what the worker said counts more. */
  private static CompletableFuture<Void> unless(
      CompletableFuture<UploadReply> answer, Throwable failure) {
    return answer.isDone()
        ? answer.thenAccept(Uploads::checked)
        : CompletableFuture.failedFuture(failure);
  }

  private UploadReply ask(UploadRequest request, Duration patience) throws InterruptedException {
    CompletableFuture<UploadReply> answer = expect();
    link.send(request);
    return checked(await(answer, patience));
  }

  private CompletableFuture<UploadReply> expect() {
    CompletableFuture<UploadReply> answer = new CompletableFuture<>();
    pending = answer;
    if (closed != null) {
      onClosed(closed);
    }
    return answer;
  }

  private static UploadReply checked(UploadReply reply) {
    if (reply instanceof UploadReply.Failed failed) {
      throw Refusals.invalid(
          "The worker did not take the file: " + Texts.line(failed.reason(), 500));
    }
    return reply;
  }

  private static <T> T await(CompletableFuture<T> stage, Duration patience)
      throws InterruptedException {
    try {
      return stage.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      stage.cancel(false);
      throw new JobException(
          JobException.Code.UNAVAILABLE,
          "The worker did not answer within " + patience.toSeconds() + " s.",
          e);
    } catch (ExecutionException e) {
      throw Refusals.of(e.getCause());
    }
  }

  @Override
  public void onMessage(WorkerMessage message) {
    if (message instanceof UploadReply reply && !(reply instanceof UploadReply.Progress)) {
      pending.complete(reply);
    }
  }

  @Override
  public void onChunk(ByteBuffer chunk) {
    onClosed("The worker sent data that it had not announced.");
    link.close();
  }

  @Override
  public void onClosed(String reason) {
    closed = reason;
    pending.completeExceptionally(
        new JobException(
            JobException.Code.UNAVAILABLE,
            "The connection to the worker was lost: " + reason.replaceAll("\\.$", "") + "."));
  }
}
