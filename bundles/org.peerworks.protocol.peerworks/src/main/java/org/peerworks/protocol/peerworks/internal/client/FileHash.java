package org.peerworks.protocol.peerworks.internal.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Hashes of files that are about to be sent. */
final class FileHash {

  /** A token is made of so many pieces of the file, and its size. */
  private static final int PIECES = 16;

  private static final int PIECE = 64 << 10;

  private FileHash() {}

  /**
   * A token by which a worker finds what it has of the file already. It is made of pieces of the
   * content, so a copy of the file has the same; two files may share one, which the hash at the end
   * of the transfer tells apart.
   */
  static String token(Path file, long size) throws IOException {
    MessageDigest digest = sha256();
    digest.update(("peerworks upload token " + size).getBytes(StandardCharsets.US_ASCII));
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    try (FileChannel source = FileChannel.open(file)) {
      for (int i = 0; i < PIECES; i++) {
        source.read(piece.clear(), Math.max(0, size - PIECE) / (PIECES - 1) * i);
        digest.update(piece.flip());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Hashes a whole file, until the result is cancelled. Fails with {@link IOException}. */
  static CompletableFuture<String> begin(Path file, Executor pool) {
    CompletableFuture<String> hash = new CompletableFuture<>();
    try {
      pool.execute(() -> hash(file, hash));
    } catch (RejectedExecutionException e) {
      hash.completeExceptionally(Requests.unavailable("this program is stopping"));
    }
    return hash;
  }

  private static void hash(Path file, CompletableFuture<String> hash) {
    MessageDigest digest = sha256();
    ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);
    try (FileChannel source = FileChannel.open(file)) {
      while (!hash.isDone() && source.read(buffer.clear()) >= 0) {
        digest.update(buffer.flip());
      }
      hash.complete(HexFormat.of().formatHex(digest.digest()));
    } catch (IOException e) {
      hash.completeExceptionally(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }
}
