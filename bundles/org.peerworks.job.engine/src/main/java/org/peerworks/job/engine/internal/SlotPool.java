package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.peerworks.job.api.Slot;

/** The slots of this worker that are free. Guarded by its owner. */
final class SlotPool {

  static final String CPU = "cpu";
  static final String GPU = "gpu";

  private final int gpus;
  private final Map<String, TreeSet<Integer>> free = new HashMap<>();

  SlotPool(int cpus, int gpus) {
    if (cpus < 0 || gpus < 0 || cpus + gpus == 0) {
      throw new IllegalArgumentException(
          "A worker needs a slot, but 'cpuSlots' is "
              + cpus
              + " and 'gpuSlots' is "
              + gpus
              + " in "
              + Config.PID
              + ".cfg.");
    }
    this.gpus = gpus;
    free.put(CPU, numbers(cpus));
    free.put(GPU, numbers(gpus));
  }

  static SlotPool of(Config config) throws IOException {
    int gpus = config.gpuSlots();
    return new SlotPool(config.cpuSlots(), gpus < 0 ? countGpus(Path.of("/dev")) : gpus);
  }

  /** What a type that asks for a kind gets here. */
  String kindFor(String wanted) {
    return wanted.equals(GPU) && gpus == 0 ? CPU : wanted;
  }

  boolean isFree(String wanted) {
    return !free.get(kindFor(wanted)).isEmpty();
  }

  Optional<Slot> take(String wanted) {
    String kind = kindFor(wanted);
    Integer index = free.get(kind).pollFirst();
    return index == null ? Optional.empty() : Optional.of(new Slot(kind, index));
  }

  void giveBack(Slot slot) {
    free.get(slot.kind()).add(slot.index());
  }

  /** What a step's program is told about the GPUs: its own, or none. */
  static Map<String, String> environment(List<Slot> slots) {
    StringBuilder visible = new StringBuilder();
    for (Slot slot : slots) {
      if (slot.kind().equals(GPU)) {
        visible.append(visible.isEmpty() ? "" : ",").append(slot.index());
      }
    }
    return Map.of("CUDA_VISIBLE_DEVICES", visible.toString());
  }

  /** NVIDIA's driver has one device file {@code nvidia<number>} for each GPU. */
  static int countGpus(Path devices) throws IOException {
    int count = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(devices, "nvidia[0-9]*")) {
      for (Path file : files) {
        if (file.getFileName().toString().matches("nvidia\\d+")) {
          count++;
        }
      }
    }
    return count;
  }

  private static TreeSet<Integer> numbers(int count) {
    return new TreeSet<>(IntStream.range(0, count).boxed().toList());
  }
}
