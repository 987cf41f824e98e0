package org.peerworks.worker;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.peerworks.job.api.Gpu;
import org.peerworks.job.api.Slots;

/** How much this worker can run, in the words of the room (sleap-rtc wire format). */
final class Capacity {

  private static final String CPU = "cpu";
  private static final String GPU = "gpu";

  private final Optional<Slots> slots;

  /**
   * @param slots empty while there is no job engine
   */
  Capacity(Optional<Slots> slots) {
    this.slots = slots;
  }

  /**
   * Most jobs that run at once.
   *
   * @param kinds of slots that the job types take; of others nobody has the use
   */
  int jobs(Collection<String> kinds) {
    Collection<String> counted = kinds.isEmpty() ? List.of(CPU, GPU) : kinds;
    return counted.stream().distinct().mapToInt(this::count).sum();
  }

  private int count(String kind) {
    return slots.map(all -> all.count(kind)).orElse(0);
  }

  private List<Gpu> gpus() {
    return slots.map(Slots::gpus).orElse(List.of());
  }

  /**
   * What peers choose a worker by. Of several GPUs that differ all models are named, and the memory
   * is that which a job finds on any of them.
   */
  Map<String, Object> properties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("gpu_memory_mb", gpus().stream().mapToInt(Gpu::memoryMegabytes).min().orElse(0));
    properties.put("gpu_model", gpus().isEmpty() ? "CPU" : models());
    properties.put("gpu_count", gpus().size());
    return properties;
  }

  private String models() {
    return gpus().stream().map(Capacity::model).distinct().collect(Collectors.joining(", "));
  }

  private static String model(Gpu gpu) {
    return gpu.name().isEmpty() ? "GPU" : gpu.name();
  }

  /** One for each kind, for people: {@code 2 cpu}, {@code 1 gpu (NVIDIA A100, 40960 MB)}. */
  List<String> descriptions() {
    if (gpus().isEmpty()) {
      return List.of(count(CPU) + " cpu");
    }
    String each =
        gpus().stream()
            .map(gpu -> model(gpu) + ", " + gpu.memoryMegabytes() + " MB")
            .collect(Collectors.joining("; "));
    return List.of(count(CPU) + " cpu", count(GPU) + " gpu (" + each + ")");
  }
}
