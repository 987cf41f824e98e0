package org.peerworks.shell.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system that keeps in a power cut what was synced, and of the rest what chance wants. */
final class LossyDisk implements AutoCloseable {

  private static final Path PROGRAM = Path.of("..", "..", "tools", "lossy-disk.py");

  private final Path path;
  private final Process process;
  private final BufferedReader answers;

  /** Mounts it, empty; the test is skipped where this user may not. */
  LossyDisk(Path directory) throws IOException {
    path = Files.createDirectory(directory).toRealPath();
    process =
        new ProcessBuilder("/usr/bin/python3", PROGRAM.toString(), path.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    Assumptions.assumeTrue(
        "ready".equals(answers.readLine()),
        "Wants to mount a FUSE file system: root with CAP_SYS_ADMIN, /dev/fuse and python3-fusepy");
  }

  Path path() {
    return path;
  }

  /**
   * What is there after a power cut now. Nobody may write at the same time.
   *
   * @param target directory that is made
   */
  void cut(long seed, Path target) throws IOException {
    process
        .getOutputStream()
        .write("cut %d %s%n".formatted(seed, target).getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    if (!"done".equals(answers.readLine())) {
      throw new IOException("The disk has failed.");
    }
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
