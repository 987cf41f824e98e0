package org.peerworks.protocol.peerworks.internal.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.peerworks.job.api.JobException;
import org.peerworks.lib.files.Hashes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of files on their way in: one writer per file, in the order of the asking, and
 * limits for all of them. Thread-safe.
 */
public final class Uploads {

  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

  private final Path root;
  private final UploadLimits limits;
  private final Executor pool;
  private final UploadSpace space;
  private final Map<UploadKey, Upload> writers = new HashMap<>();
  private final Map<UploadKey, Deque<Waiter>> waiters = new HashMap<>();
  private final Map<UploadKey, Integer> pins = new HashMap<>();

  private record Waiter(long size, CompletableFuture<Upload> future) {}

  /**
   * @param root made when the first upload comes
   * @param pool where files are opened and hashed
   */
  public Uploads(Path root, UploadLimits limits, Executor pool, Disk disk) {
    this.root = root;
    this.limits = limits;
    this.pool = pool;
    this.space = new UploadSpace(root, limits, disk);
  }

  /**
   * Becomes the writer of a file whose SHA-256 is known. Waits while somebody else is.
   *
   * @param callerId {@code Caller.id}
   * @return fails with {@link JobException}
   */
  public CompletionStage<Upload> acquire(String callerId, String sha256, long size) {
    return acquire(UploadKey.ofHash(callerId, sha256), size);
  }

  /**
   * Becomes the writer of a file whose SHA-256 will be told at its end.
   *
   * @param token by which the caller finds the file again
   */
  public CompletionStage<Upload> acquireUnsealed(String callerId, String token, long size) {
    return acquire(UploadKey.ofToken(callerId, token), size);
  }

  private CompletionStage<Upload> acquire(UploadKey key, long size) {
    CompletableFuture<Upload> future = new CompletableFuture<>();
    if (size > limits.fileBytes()) {
      future.completeExceptionally(
          new JobException(
              JobException.Code.LIMIT,
              "A file may have %d bytes on this worker, but this one has %d. Split it, or ask the worker's administrator to raise 'maxFileMegabytes'."
                  .formatted(limits.fileBytes(), size)));
      return future;
    }
    synchronized (this) {
      if (writers.containsKey(key)) {
        waiters.computeIfAbsent(key, k -> new ArrayDeque<>()).add(new Waiter(size, future));
        return future;
      }
      begin(key, size, future);
    }
    return future;
  }

  /** With the lock held. */
  private void begin(UploadKey key, long size, CompletableFuture<Upload> future) {
    Upload upload = new Upload(key, size, this);
    writers.put(key, upload);
    try {
      pool.execute(() -> prepare(upload, future));
    } catch (RejectedExecutionException e) {
      writers.remove(key);
      future.completeExceptionally(
          new JobException(JobException.Code.UNAVAILABLE, "The worker is stopping.", e));
    }
  }

  private void prepare(Upload upload, CompletableFuture<Upload> future) {
    try {
      synchronized (this) {
        Files.createDirectories(
            root.resolve(upload.key().caller()),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Optional<String> whole = hashOfWhole(upload);
      if (whole.isPresent()) {
        upload.markComplete(whole.get());
      } else {
        synchronized (this) {
          space.require(upload, writers.values(), pins.keySet());
        }
        upload.open(partial(upload.key()));
      }
    } catch (IOException | RuntimeException e) {
      abandon(upload);
      future.completeExceptionally(
          e instanceof JobException ? e : UploadSpace.refusal(e, "The upload could not begin"));
      return;
    }
    if (!future.complete(upload)) {
      abandon(upload);
    }
  }

  private static void abandon(Upload upload) {
    try {
      upload.abandon();
    } catch (IOException e) {
      LOG.warn("A partial upload could not be closed", e);
    }
  }

  /**
   * The hash of the whole file if it is there; then it is pinned. One that was left by somebody who
   * went is hashed again.
   */
  private Optional<String> hashOfWhole(Upload upload) throws IOException {
    UploadKey key = upload.key();
    boolean trusted;
    synchronized (this) {
      // Pinned before it is looked at, so that nobody deletes it meanwhile.
      trusted = pins.containsKey(key);
      pins.merge(key, 1, Integer::sum);
    }
    Optional<String> found = Optional.empty();
    try {
      found = hashOf(whole(key), upload.size(), trusted ? key.hash() : Optional.empty());
      found = found.filter(hash -> hash.equals(key.hash().orElse(hash)));
    } finally {
      if (found.isEmpty()) {
        releaseUnfit(key);
      }
    }
    return found;
  }

  private synchronized void releaseUnfit(UploadKey key) throws IOException {
    if (!unpin(key)) {
      throw new JobException(
          JobException.Code.INVALID,
          "Another file waits for its job under this hash or token. Submit that first.");
    }
    Files.deleteIfExists(whole(key));
  }

  private static Optional<String> hashOf(Path file, long size, Optional<String> trusted)
      throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != size) {
      return Optional.empty();
    }
    return Optional.of(trusted.isPresent() ? trusted.get() : Hashes.sha256(file));
  }

  void requireReserve() throws IOException {
    space.requireReserve();
  }

  Path whole(UploadKey key) {
    return key.complete(root);
  }

  Path partial(UploadKey key) {
    return key.partial(root);
  }

  /**
   * @param pinned whether the upload has pinned its file already
   */
  synchronized PinnedFile finished(Upload upload, boolean pinned) {
    if (!pinned) {
      pins.merge(upload.key(), 1, Integer::sum);
    }
    released(upload);
    return new PinnedFile(this, upload.key());
  }

  /** The writer is done; the next one may begin. */
  synchronized void released(Upload upload) {
    UploadKey key = upload.key();
    if (!writers.remove(key, upload)) {
      return;
    }
    Deque<Waiter> queue = waiters.get(key);
    Waiter next = queue == null ? null : queue.poll();
    if (queue != null && queue.isEmpty()) {
      waiters.remove(key);
    }
    if (next != null) {
      begin(key, next.size(), next.future());
    }
  }

  /**
   * @return whether nobody has pinned the file any more
   */
  synchronized boolean unpin(UploadKey key) {
    return pins.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1) == null;
  }

  synchronized void consume(UploadKey key) throws IOException {
    if (unpin(key)) {
      Files.deleteIfExists(whole(key));
      space.removeIfEmpty(key.caller(), writers.keySet());
    }
  }

  /** Takes uploads away from writers that stand still while others wait for the same file. */
  public void revokeStalled() {
    long now = System.nanoTime();
    List<Upload> stalled = new ArrayList<>();
    synchronized (this) {
      for (UploadKey key : waiters.keySet()) {
        Upload writer = writers.get(key);
        if (writer != null && writer.idleNanos(now) > limits.stall().toNanos()) {
          stalled.add(writer);
        }
      }
    }
    stalled.forEach(Upload::revoke);
  }

  /** Deletes what nobody has used for longer than the expiry. */
  public synchronized void expire() {
    Collection<UploadKey> inUse = new ArrayList<>(writers.keySet());
    inUse.addAll(pins.keySet());
    space.expire(inUse);
  }

  /** What a client is told when a file of ours could not be written. */
  public static JobException refusal(IOException failure, String what) {
    return UploadSpace.refusal(failure, what);
  }
}
