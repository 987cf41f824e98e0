package org.peerworks.itests.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many jobs in one worker leave nothing behind: threads, file handles, heap. */
@Tag("long")
class SoakIT {

  private static final int JOBS = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What caches and lazily loaded classes may add, in bytes. */
  private static final long HEAP_SLACK = 16 << 20;

  private static final int SLACK = 5;

  @TempDir Path directory;

  @Test
  void aThousandJobsLeaveThreadsHandlesAndHeapWhereTheyWere() throws Exception {
    Worker worker = Worker.start(directory.resolve("data"), Map.of());
    try {
      worker.install(Path.of(System.getProperty("peerworks.toy")));
      worker.awaitShell("job:types", "shout");
      run(worker, 100);
      Footprint before = Footprint.now();
      run(worker, JOBS);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                Footprint after = Footprint.now();
                assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + SLACK);
                assertThat(after.handles()).isLessThanOrEqualTo(before.handles() + SLACK);
                assertThat(after.heap()).isLessThanOrEqualTo(before.heap() + HEAP_SLACK);
              });
    } finally {
      worker.close();
    }
  }

  private static void run(Worker worker, int jobs) throws Exception {
    for (int i = 0; i < jobs; i++) {
      worker.shell("job:submit shout '{\"text\": \"job " + i + "\"}'");
    }
    worker.awaitShell("job:list", "No job waits or runs.*");
    assertThat(worker.shell("job:list --all --json")).doesNotContain("FAILED");
  }

  /**
   * @param threads of this JVM
   * @param handles open file descriptors of this process
   * @param heap bytes in use after a collection
   */
  private record Footprint(int threads, long handles, long heap) {

    static Footprint now() {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      return new Footprint(
          ManagementFactory.getThreadMXBean().getThreadCount(),
          ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
              .getOpenFileDescriptorCount(),
          runtime.totalMemory() - runtime.freeMemory());
    }
  }
}
