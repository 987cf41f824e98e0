package org.peerworks.files.resolver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A FUSE file system that hangs: whoever touches it waits until it is closed. */
final class Hanging implements AutoCloseable {

  private final Path path;
  private final Process process;

  private Hanging(Path path, Process process) {
    this.path = path;
    this.process = process;
  }

  /** Mounts it; the test is skipped where this user may not. */
  static Hanging mount(Path directory) throws IOException {
    Path path = Files.createDirectories(directory).toRealPath();
    Path script = directory.resolveSibling("hanging-fuse.py");
    try (var in = Hanging.class.getResourceAsStream("hanging-fuse.py")) {
      Files.write(script, in.readAllBytes());
    }
    Process process =
        new ProcessBuilder("python3", script.toString(), path.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
    Assumptions.assumeTrue(
        "ready".equals(line),
        "Wants to mount a FUSE file system: root with CAP_SYS_ADMIN, and /dev/fuse");
    return new Hanging(path, process);
  }

  Path path() {
    return path;
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
