package org.peerworks.job.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What the process of a test holds, for tests that feed it with much hostile input. Linux only.
 *
 * @param heap bytes of the heap that are in use
 * @param handles open file descriptors
 * @param threads live threads of the JVM
 */
public record Footprint(long heap, int handles, int threads) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(100);

  public static Footprint now() {
    System.gc();
    System.gc(); // what the first one has put into reference queues
    Runtime runtime = Runtime.getRuntime();
    return new Footprint(
        runtime.totalMemory() - runtime.freeMemory(),
        openFiles(),
        Thread.getAllStackTraces().size());
  }

  /**
   * Expects that the process holds no more than then. What ends on its own gets a minute.
   *
   * @param heap bytes that may have come, for what is loaded and cached once
   * @param others handles, and threads, that may have come for the same reason
   * @throws AssertionError with the figures, if it holds more
   */
  public void assertKept(long heap, int others) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Footprint now = now();
    while (!now.fits(this, heap, others)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("The process held " + this + " and holds " + now);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      now = now();
    }
    System.out.println("Before: " + this + ", after: " + now);
  }

  private boolean fits(Footprint before, long more, int others) {
    return heap <= before.heap + more
        && handles <= before.handles + others
        && threads <= before.threads + others;
  }

  private static int openFiles() {
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      return (int) handles.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
