package org.peerworks.transport.webrtc;

import java.io.BufferedReader;
import java.nio.file.Path;

/** Bytes over a data channel of Python's aiortc to a process, for {@link TransferBenchmark}. */
final class AiortcTransfer {

  private AiortcTransfer() {}

  /**
   * Sends so many bytes to a process until it has them all.
   *
   * @param script the program of both sides
   */
  static Spent send(Path script, long bytes, int size) throws Exception {
    Process process =
        new ProcessBuilder(
                "/usr/bin/python3", script.toString(), Long.toString(bytes), Integer.toString(size))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      String seconds = out.readLine();
      if (seconds == null) {
        throw new IllegalStateException("aiortc sent nothing");
      }
      return new Spent(Double.parseDouble(seconds), Double.NaN);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
