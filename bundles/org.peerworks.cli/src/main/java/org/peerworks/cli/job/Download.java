package org.peerworks.cli.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.connect.Connection;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Units;
import org.peerworks.job.api.JobOutput;
import org.peerworks.lib.files.FileNames;

/** Fetches an output of a job into a new file, and makes sure that it is the right one. */
final class Download {

  private static final int ATTEMPTS = 3;
  private static final int BUFFER = 256 * 1024;

  private final Connection connection;
  private final Console console;

  Download(Connection connection, Console console) {
    this.connection = connection;
    this.console = console;
  }

  /**
   * Fetches an output. A read that breaks off is taken up again where it ended, as long as the
   * connection lives.
   *
   * @param file is made new; it is gone again if this fails
   */
  void fetch(String jobId, JobOutput output, Path file) throws IOException, InterruptedException {
    checkName(output);
    checkSpace(output, file);
    TransferProgress progress =
        new TransferProgress(
            console, "download", "Fetching " + output.name(), output.size(), System::nanoTime);
    MessageDigest digest = sha256();
    boolean complete = false;
    try (FileChannel target =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      int broken = 0;
      long offset = 0;
      while (offset < output.size()) {
        long reached = read(jobId, output, offset, target, digest, progress);
        broken = reached > offset ? 0 : broken + 1;
        offset = reached;
        if (broken == ATTEMPTS) {
          throw new IOException(
              "The output '" + output.name() + "' ends after " + offset + " bytes.");
        }
      }
      check(output, digest);
      target.force(true);
      complete = true;
    } finally {
      console.endStatus();
      if (!complete) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Reads on from an offset; returns how far it got. */
  private long read(
      String jobId,
      JobOutput output,
      long offset,
      FileChannel target,
      MessageDigest digest,
      TransferProgress progress)
      throws IOException, InterruptedException {
    long at = offset;
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try (ReadableByteChannel source =
        connection.await(connection.jobs().openOutput(jobId, output.name(), offset))) {
      while (at < output.size() && receive(source, buffer)) {
        buffer.flip();
        if (buffer.remaining() > output.size() - at) {
          throw CommandFailure.failed(
              "The worker sent more of '" + output.name() + "' than it announced.", null);
        }
        digest.update(buffer.duplicate());
        at += buffer.remaining();
        while (buffer.hasRemaining()) {
          target.write(buffer);
        }
        buffer.clear();
        progress.transferred(output.name(), at, output.size());
      }
    }
    return at;
  }

  private boolean receive(ReadableByteChannel source, ByteBuffer buffer)
      throws InterruptedException {
    try {
      return source.read(buffer) >= 0;
    } catch (IOException e) {
      if (Thread.interrupted()) {
        InterruptedException interrupted = new InterruptedException();
        interrupted.initCause(e);
        throw interrupted;
      }
      if (connection.isLost()) {
        throw connection.lost(e.getMessage());
      }
      console.warn("The transfer broke off (" + e.getMessage() + "); taking it up again.");
      return false;
    }
  }

  /** That an output's name is one of a file, and of nothing else. */
  static void checkName(JobOutput output) {
    try {
      FileNames.requirePlain(output.name());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.failed("The worker names an output badly. " + e.getMessage(), e);
    }
  }

  private static void checkSpace(JobOutput output, Path file) throws IOException {
    long usable = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
    if (output.size() < 0 || output.size() > usable) {
      throw CommandFailure.failed(
          "'"
              + output.name()
              + "' needs "
              + Units.bytes(output.size())
              + ", but the disk of '"
              + file.getParent()
              + "' has only "
              + Units.bytes(usable)
              + ". Make room, then fetch it with 'job attach'.",
          null);
    }
  }

  private static void check(JobOutput output, MessageDigest digest) {
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equalsIgnoreCase(output.sha256())) {
      throw CommandFailure.failed(
          "'"
              + output.name()
              + "' arrived damaged: its SHA-256 should be "
              + output.sha256()
              + ", but is "
              + found
              + ". Fetch it again with 'job attach'.",
          null);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
