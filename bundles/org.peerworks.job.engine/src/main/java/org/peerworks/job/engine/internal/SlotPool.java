package org.peerworks.job.engine.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.peerworks.job.api.Gpu;
import org.peerworks.job.api.Slot;
import org.peerworks.job.api.Slots;

/** The slots of this worker, and which of them are free. What is free is guarded by its owner. */
final class SlotPool implements Slots {

  static final String CPU = "cpu";
  static final String GPU = "gpu";

  private final int cpus;
  private final List<Gpu> gpus;
  private final Map<String, TreeSet<Integer>> free = new HashMap<>();

  /** Given out once more than they are there. */
  private final List<Slot> shared = new ArrayList<>();

  SlotPool(int cpus, List<Gpu> gpus) {
    if (cpus + gpus.size() == 0) {
      throw new IllegalArgumentException(
          "A worker needs a slot, but 'cpuSlots' in "
              + Config.PID
              + ".cfg is 0 and there is no slot of a GPU. Set 'cpuSlots' to 1 or more.");
    }
    this.cpus = cpus;
    this.gpus = List.copyOf(gpus);
    free.put(CPU, new TreeSet<>(IntStream.range(0, cpus).boxed().toList()));
    free.put(GPU, new TreeSet<>(gpus.stream().map(Gpu::index).toList()));
  }

  /** As many GPUs as are configured; if that is not said, those that are found. */
  static SlotPool of(Config config, GpuDetection detection) {
    if (config.gpuSlots() == 0) {
      return new SlotPool(config.cpuSlots(), List.of());
    }
    List<Gpu> found = detection.detect();
    if (config.gpuSlots() < 0) {
      return new SlotPool(config.cpuSlots(), found);
    }
    List<Gpu> gpus = new ArrayList<>(found.subList(0, Math.min(config.gpuSlots(), found.size())));
    while (gpus.size() < config.gpuSlots()) {
      gpus.add(new Gpu(gpus.size(), "", 0));
    }
    return new SlotPool(config.cpuSlots(), gpus);
  }

  @Override
  public int count(String kind) {
    return switch (kind) {
      case CPU -> cpus;
      case GPU -> gpus.size();
      default -> 0;
    };
  }

  @Override
  public List<Gpu> gpus() {
    return gpus;
  }

  /** What a type that asks for a kind gets here. */
  String kindFor(String wanted) {
    return wanted.equals(GPU) && gpus.isEmpty() ? CPU : wanted;
  }

  boolean isFree(String wanted) {
    return !free.get(kindFor(wanted)).isEmpty();
  }

  Optional<Slot> take(String wanted) {
    String kind = kindFor(wanted);
    Integer index = free.get(kind).pollFirst();
    return index == null ? Optional.empty() : Optional.of(new Slot(kind, index));
  }

  /**
   * Takes a slot for a job that ran when the worker was killed. Its program may run already, so it
   * gets one in any case: shared with another job, if all are taken.
   *
   * @param before the slot that its program was given
   */
  Slot takeAgain(String wanted, Optional<Slot> before) {
    if (before.isPresent() && count(before.get().kind()) > 0) {
      Slot slot = before.get();
      if (free.get(slot.kind()).remove(slot.index())) {
        return slot;
      }
    }
    return take(wanted)
        .orElseGet(
            () -> {
              Slot slot = before.orElseGet(() -> new Slot(kindFor(wanted), 0));
              shared.add(slot);
              return slot;
            });
  }

  void giveBack(Slot slot) {
    if (!shared.remove(slot)) {
      free.get(slot.kind()).add(slot.index());
    }
  }

  /** What a step's program is told about the GPUs: its own, or none. */
  static Map<String, String> environment(List<Slot> slots) {
    StringBuilder visible = new StringBuilder();
    for (Slot slot : slots) {
      if (slot.kind().equals(GPU)) {
        visible.append(visible.isEmpty() ? "" : ",").append(slot.index());
      }
    }
    // The numbers are those of nvidia-smi; without this CUDA would count the fastest GPU first.
    return Map.of("CUDA_VISIBLE_DEVICES", visible.toString(), "CUDA_DEVICE_ORDER", "PCI_BUS_ID");
  }
}
