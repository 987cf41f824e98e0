package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.Gpu;
import org.peerworks.job.api.Slot;

/** Against a real program of the name {@code nvidia-smi} that says what the real one would. */
final class GpuDetectionTest {

  private static final String TWO =
      "echo '0, NVIDIA GeForce RTX 3090, 24576'; echo '1, NVIDIA A100-SXM4-40GB, 40960'";

  @TempDir Path directory;

  private List<Gpu> detect(String script) throws IOException {
    return detection(script, Duration.ofSeconds(30)).detect();
  }

  private GpuDetection detection(String script, Duration patience) throws IOException {
    Path program = directory.resolve("nvidia-smi");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new GpuDetection("/nowhere:" + directory + ":/usr/bin", patience);
  }

  @Test
  void theGpusAreThoseOfTheProgram() throws Exception {
    assertThat(detect("printf '[%s]' \"$@\" > " + directory + "/arguments; " + TWO))
        .containsExactly(
            new Gpu(0, "NVIDIA GeForce RTX 3090", 24576),
            new Gpu(1, "NVIDIA A100-SXM4-40GB", 40960));
    assertThat(directory.resolve("arguments"))
        .hasContent("[--query-gpu=index,name,memory.total][--format=csv,noheader,nounits]");
  }

  @Test
  void aGpuThatSharesTheMachinesMemoryHasNoneOfItsOwn() throws Exception {
    assertThat(detect("echo '0, NVIDIA GB10, [N/A]'"))
        .containsExactly(new Gpu(0, "NVIDIA GB10", 0));
  }

  @Test
  void whereThereIsNoProgramThereIsNoGpu() {
    assertThat(new GpuDetection(directory + "::relative", Duration.ofSeconds(1)).detect())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exit 9",
        "echo 'NVIDIA-SMI has failed because it could not communicate with the driver.'; exit 9",
        "echo 'Failed to initialize NVML: Driver/library version mismatch'",
        "echo '0, NVIDIA A100, 40960'; echo 'Unable to determine the device handle'",
        "echo '0, NVIDIA A100, 40960'; exit 15",
        "echo '1, NVIDIA A100, 40960'",
        "echo '0, NVIDIA A100, much'",
        "echo '99999999999, x, 1'",
        "echo 'No devices were found'",
        "head -c 100000 /dev/zero",
        "kill -9 $$",
        ""
      })
  void aProgramThatFailsOrTalksNonsenseMeansNoGpu(String script) throws Exception {
    assertThat(detection(script, Duration.ofSeconds(2)).detect()).isEmpty();
  }

  @Test
  void aProgramThatHangsIsEndedAndMeansNoGpu() throws Exception {
    Path pid = directory.resolve("pid");
    String hang = "echo $$ > " + pid + "; echo '0, NVIDIA A100, 40960'; exec sleep 300";
    assertThat(detection(hang, Duration.ofSeconds(1)).detect()).isEmpty();
    long hung = Long.parseLong(Files.readString(pid).strip());
    Awaitility.await().until(() -> ProcessHandle.of(hung).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void slotsAreThoseGpusUnlessTheConfigurationSaysHowMany() throws Exception {
    GpuDetection two = detection(TWO, Duration.ofSeconds(30));
    SlotPool all = slots(-1, two);
    assertThat(all.gpus()).hasSize(2);
    assertThat(all.count("gpu")).isEqualTo(2);
    assertThat(all.count("cpu")).isEqualTo(1);
    assertThat(all.count("tpu")).isZero();
    assertThat(all.take("gpu")).contains(new Slot("gpu", 0));
    assertThat(all.take("gpu")).contains(new Slot("gpu", 1));
    assertThat(all.take("gpu")).isEqualTo(Optional.empty());
    assertThat(slots(1, two).gpus()).extracting(Gpu::index).containsExactly(0);
    assertThat(slots(3, two).gpus()).extracting(Gpu::index).containsExactly(0, 1, 2);
    assertThat(slots(3, two).gpus().get(2)).isEqualTo(new Gpu(2, "", 0));
    assertThat(slots(0, two).gpus()).isEmpty();
    assertThat(slots(0, two).kindFor("gpu")).isEqualTo("cpu");
  }

  private static SlotPool slots(int configured, GpuDetection detection) {
    return SlotPool.of(TestConfig.with(Map.of("gpuSlots", configured)), detection);
  }
}
