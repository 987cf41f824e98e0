package org.peerworks.cli.connect;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.Invocation.Target;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.PlainText;
import org.peerworks.signaling.api.PeerInfo;

/** Which of the workers of a room is meant. */
final class WorkerChoice {

  private static final int ATTEMPTS = 3;
  private static final int LONGEST = 64;

  private final Console console;

  WorkerChoice(Console console) {
    this.console = console;
  }

  /**
   * @param wanted id of a worker, or a name that only one of them has, if one was named
   */
  PeerInfo choose(List<PeerInfo> workers, Optional<String> wanted, Target target) {
    List<PeerInfo> all = workers.stream().sorted(Comparator.comparing(WorkerChoice::name)).toList();
    int least = target.choice().minGpuMemory();
    List<PeerInfo> sorted = all.stream().filter(worker -> gpuMemory(worker) >= least).toList();
    if (sorted.isEmpty() && !all.isEmpty()) {
      throw CommandFailure.noConnection(
          "No worker of this room has a GPU with " + least + " MB. There are: " + list(all));
    }
    if (wanted.isPresent()) {
      return named(sorted, wanted.get());
    }
    if (sorted.isEmpty()) {
      throw CommandFailure.noConnection(
          "There is no worker in this room. Start one, or check --room and --server.");
    }
    if (target.choice().automatic()) {
      return best(sorted);
    }
    return sorted.size() == 1 ? sorted.get(0) : ask(sorted, target);
  }

  /** A free one before others, then much memory before little, then by id. */
  private static PeerInfo best(List<PeerInfo> workers) {
    return workers.stream()
        .min(
            Comparator.comparing((PeerInfo worker) -> !isFree(worker))
                .thenComparing(Comparator.comparingDouble(WorkerChoice::gpuMemory).reversed())
                .thenComparing(PeerInfo::id))
        .orElseThrow();
  }

  private static boolean isFree(PeerInfo worker) {
    String status = text(worker, "status");
    return status.isEmpty() || status.equals("available");
  }

  /** In MB; 0 if it says nothing. */
  private static double gpuMemory(PeerInfo worker) {
    return worker.properties().get("gpu_memory_mb") instanceof Number memory
        ? memory.doubleValue()
        : 0;
  }

  private static PeerInfo named(List<PeerInfo> workers, String wanted) {
    for (PeerInfo worker : workers) {
      if (worker.id().equals(wanted)) {
        return worker;
      }
    }
    List<PeerInfo> called = workers.stream().filter(w -> name(w).equals(wanted)).toList();
    if (called.size() > 1) {
      throw CommandFailure.usage(
          "Several workers are called '" + wanted + "'. Choose one by its id: " + list(called));
    }
    return called.stream().findFirst().orElseThrow(() -> notThere(wanted, workers));
  }

  private PeerInfo ask(List<PeerInfo> workers, Target target) {
    if (!target.interactive() || !console.person()) {
      throw CommandFailure.usage(
          "There are several workers in this room. Choose one with --worker-id, by name or id: "
              + list(workers));
    }
    console.say("There are several workers in this room:");
    for (int i = 0; i < workers.size(); i++) {
      console.say("  " + (i + 1) + "  " + described(workers.get(i)));
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<String> answer = console.ask("Which one? [1-" + workers.size() + "]");
      if (answer.isEmpty()) {
        break;
      }
      if (answer.get().matches("\\d{1,6}")) {
        int number = Integer.parseInt(answer.get());
        if (number >= 1 && number <= workers.size()) {
          return workers.get(number - 1);
        }
      }
    }
    throw CommandFailure.usage(
        "No worker was chosen. Choose one with --worker-id, by name or id: " + list(workers));
  }

  private static CommandFailure notThere(String wanted, List<PeerInfo> workers) {
    return CommandFailure.noConnection(
        "Worker '"
            + wanted
            + "' is not in the room now. Is it running? "
            + (workers.isEmpty() ? "There is no other." : "There are: " + list(workers)));
  }

  private static String list(List<PeerInfo> workers) {
    return workers.stream().map(WorkerChoice::described).collect(Collectors.joining("; "));
  }

  /** {@code gpu-1 (available, NVIDIA L4, 4f2a...)}. */
  private static String described(PeerInfo worker) {
    String details =
        Stream.of(text(worker, "status"), text(worker, "gpu_model"), PlainText.of(worker.id()))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    return name(worker) + " (" + details + ")";
  }

  /** What a worker calls itself, else its host, else its id. */
  static String name(PeerInfo worker) {
    return Stream.of("worker_name", "hostname")
        .map(key -> text(worker, key))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElseGet(() -> PlainText.of(worker.id()));
  }

  private static String text(PeerInfo worker, String property) {
    return worker.properties().get(property) instanceof String text
        ? PlainText.of(text.length() > LONGEST ? text.substring(0, LONGEST) : text).strip()
        : "";
  }
}
