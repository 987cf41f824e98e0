package org.peerworks.protocol.peerworks.internal.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.peerworks.job.api.JobException;

/** The one writer of an upload. Its file methods are called by one thread at a time. */
public final class Upload {

  /** Bytes of an upload after which the disk is looked at again. */
  private static final int CHECK_EVERY = 4 << 20;

  private final UploadKey key;
  private final long size;
  private final Uploads owner;
  private final MessageDigest digest = newDigest();
  private FileChannel file;
  private long offset;
  private long unchecked;
  private boolean complete;
  private String sha256;
  private volatile long lastProgress = System.nanoTime();
  private volatile long written;
  private volatile Runnable revoked = () -> {};

  Upload(UploadKey key, long size, Uploads owner) {
    this.key = key;
    this.size = size;
    this.owner = owner;
    this.sha256 = key.hash().orElse(null);
  }

  /** Opens the partial file and hashes what is in it. */
  void open(Path partial) throws IOException {
    file =
        FileChannel.open(
            partial,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS));
    if (file.size() > size) {
      file.truncate(0);
    }
    long there = file.size();
    ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);
    while (offset < there && file.read(buffer.clear(), offset) > 0) {
      offset += buffer.flip().remaining();
      digest.update(buffer);
      lastProgress = System.nanoTime();
    }
    if (offset == size && size > 0 && sha256 != null && !matches()) {
      file.truncate(0);
      digest.reset();
      offset = 0;
    }
    written = offset;
  }

  private boolean matches() {
    try {
      MessageDigest so = (MessageDigest) digest.clone();
      return HexFormat.of().formatHex(so.digest()).equals(sha256);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The SHA-256 of this Java cannot be copied.", e);
    }
  }

  /** The whole file is there, and pinned for this upload. */
  void markComplete(String hash) {
    complete = true;
    sha256 = hash;
    offset = size;
    written = size;
  }

  UploadKey key() {
    return key;
  }

  /** The hash that the file has or must have; null while nobody has said. */
  public String sha256() {
    return sha256;
  }

  /**
   * Says what hash the file must have, once all bytes are there; {@link #finish} checks it.
   *
   * @throws JobException if it is too early, or the hash was known before
   */
  public void seal(String hash) {
    if (sha256 != null || offset != size) {
      throw new JobException(
          JobException.Code.INVALID,
          sha256 != null
              ? "The hash of the file was told before. Nothing was kept; send the file again."
              : "The file was sealed at byte %d of %d. Nothing was kept; send the file again."
                  .formatted(offset, size));
    }
    sha256 = hash;
  }

  public long size() {
    return size;
  }

  /** Bytes that are there; the next to write. */
  public long offset() {
    return offset;
  }

  /** Whether the file was there already, whole. */
  public boolean complete() {
    return complete;
  }

  long remaining() {
    return size - written;
  }

  long idleNanos(long now) {
    return now - lastProgress;
  }

  /** Sets who is told when another connection takes the upload over; nothing is written then. */
  public void onRevoked(Runnable listener) {
    revoked = listener;
  }

  void revoke() {
    revoked.run();
  }

  /**
   * Writes at {@link #offset()}.
   *
   * @throws JobException if the disk has become full
   */
  public void write(ByteBuffer data) throws IOException {
    unchecked += data.remaining();
    if (unchecked >= CHECK_EVERY) {
      unchecked = 0;
      owner.requireReserve();
    }
    digest.update(data.duplicate());
    while (data.hasRemaining()) {
      offset += file.write(data, offset);
    }
    written = offset;
    lastProgress = System.nanoTime();
  }

  /**
   * Ends the upload once all bytes are there and its hash was told.
   *
   * @return the file, pinned
   * @throws JobException if its hash is wrong; nothing is kept then
   */
  public PinnedFile finish() throws IOException {
    if (complete) {
      return owner.finished(this, true);
    }
    file.close();
    Path partial = owner.partial(key);
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(sha256)) {
      discard();
      throw new JobException(
          JobException.Code.INVALID,
          "The file was announced with the SHA-256 %s, but what arrived has %s. Nothing was kept; send it again."
              .formatted(sha256, found));
    }
    Files.move(partial, owner.whole(key), StandardCopyOption.ATOMIC_MOVE);
    return owner.finished(this, false);
  }

  /** Stops; what is there is kept for a later upload, until it expires. */
  public void abandon() throws IOException {
    try {
      if (file != null) {
        file.close();
        if (offset == 0) {
          Files.deleteIfExists(owner.partial(key));
        }
      } else if (complete) {
        owner.unpin(key);
      }
    } finally {
      owner.released(this);
    }
  }

  /** Stops and deletes what is there. */
  public void discard() throws IOException {
    try {
      if (file != null) {
        file.close();
        Files.deleteIfExists(owner.partial(key));
      }
    } finally {
      owner.released(this);
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }
}
