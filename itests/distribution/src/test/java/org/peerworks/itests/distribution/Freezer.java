package org.peerworks.itests.distribution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Makes processes stand still at once: a program that starts others for it would take too long. */
final class Freezer implements AutoCloseable {

  private final Process shell;
  private final Writer in;
  private final BufferedReader out;

  Freezer() throws IOException {
    shell = new ProcessBuilder("bash").redirectErrorStream(true).start();
    in = shell.outputWriter(StandardCharsets.UTF_8);
    out = shell.inputReader(StandardCharsets.UTF_8);
  }

  /** Returns when the process stands still, or is gone. */
  void freeze(long pid) throws IOException {
    in.write("kill -STOP " + pid + "; echo done\n");
    in.flush();
    String line = out.readLine();
    while (!"done".equals(line)) {
      if (line == null) {
        throw new IOException("The shell is gone.");
      }
      line = out.readLine();
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
    shell.destroy();
  }
}
