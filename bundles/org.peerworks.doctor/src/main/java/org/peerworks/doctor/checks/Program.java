package org.peerworks.doctor.checks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the machine. */
final class Program {

  private static final int MOST = 1 << 16;

  private Program() {}

  /**
   * What a program printed, on both streams.
   *
   * @param output at most 64 KiB
   */
  record Outcome(int status, String output) {

    String firstLine() {
      return output.strip().lines().findFirst().orElse("");
    }
  }

  /**
   * @throws IOException if there is no such program
   * @throws InterruptedException if this thread was interrupted; the program is ended
   */
  static Outcome run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1"); // nothing is to change
    Process process = builder.start();
    process.getOutputStream().close();
    Thread watch = Thread.currentThread();
    // Reading does not end on an interrupt, but it does when the program is gone.
    Thread reaper = new Thread(() -> endWith(watch, process), "doctor-program");
    reaper.setDaemon(true);
    reaper.start();
    try (InputStream in = process.getInputStream()) {
      String output = new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void endWith(Thread owner, Process process) {
    while (process.isAlive() && owner.isAlive() && !owner.isInterrupted()) {
      try {
        if (process.waitFor(200, TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        break;
      }
    }
    process.toHandle().destroyForcibly(); // leaves the streams open, with what was printed
  }
}
