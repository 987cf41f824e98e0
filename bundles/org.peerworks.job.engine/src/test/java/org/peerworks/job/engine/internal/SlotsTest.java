package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.JobResult;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.Program;
import org.peerworks.job.api.Slot;

final class SlotsTest {

  @TempDir Path data;

  /** What each step saw as its GPUs, after the slots that its job held. */
  private final List<String> seen = new CopyOnWriteArrayList<>();

  private final CountDownLatch hold = new CountDownLatch(1);

  private JobType looking() {
    return context -> {
      Slot slot = context.slots().get(0);
      Program program =
          new Program(
              "sh",
              List.of("-c", "echo \"[$CUDA_VISIBLE_DEVICES $CUDA_DEVICE_ORDER]\""),
              context.workDirectory(),
              Map.of());
      context.step("main", program, line -> seen.add(slot.kind() + slot.index() + line));
      hold.await();
      return JobResult.succeeded("{}", Map.of());
    };
  }

  @Test
  void eachJobOnAGpuSeesThatGpuOnlyAndTheThirdWaitsForOne() throws Exception {
    try (Worker worker = new Worker(data, Map.of("gpuSlots", 2)).withPrograms()) {
      worker.withGpu("train", looking());
      List<String> ids =
          List.of(
              worker.submit("train").id(),
              worker.submit("train").id(),
              worker.submit("train").id());
      Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> seen.size() == 2);
      assertThat(seen).containsExactlyInAnyOrder("gpu0[0 PCI_BUS_ID]", "gpu1[1 PCI_BUS_ID]");
      assertThat(worker.job(ids.get(2)).state()).isEqualTo(JobState.QUEUED);
      hold.countDown();
      for (String id : ids) {
        assertThat(worker.awaitEnd(id).state()).isEqualTo(JobState.SUCCEEDED);
      }
      assertThat(seen.get(2)).isIn("gpu0[0 PCI_BUS_ID]", "gpu1[1 PCI_BUS_ID]");
    }
  }

  @Test
  void aJobOnTheCpuSeesNoGpuAndWaitsForNone() throws Exception {
    hold.countDown();
    try (Worker worker = new Worker(data, Map.of("gpuSlots", 2)).withPrograms()) {
      worker.with("track", looking());
      worker.awaitEnd(worker.submit("track").id());
      assertThat(seen).containsExactly("cpu0[ PCI_BUS_ID]");
    }
  }

  @Test
  void aTypeThatPrefersAGpuTakesTheCpuWhereThereIsNone() throws Exception {
    hold.countDown();
    try (Worker worker = new Worker(data, Map.of("gpuSlots", 0)).withPrograms()) {
      worker.withGpu("train", looking());
      worker.awaitEnd(worker.submit("train").id());
      assertThat(seen).containsExactly("cpu0[ PCI_BUS_ID]");
      assertThat(Worker.get(worker.as(Worker.ANNA).types()).get(0).slots()).isEqualTo("cpu");
    }
  }
}
