package org.peerworks.cli.connect;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.peerworks.cli.CommandFailure;
import org.peerworks.cli.command.Invocation.Target;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.PlainText;
import org.peerworks.signaling.api.PeerInfo;

/** Which of the workers of a room is meant. */
final class WorkerChoice {

  private static final int ATTEMPTS = 3;

  private final Console console;

  WorkerChoice(Console console) {
    this.console = console;
  }

  /**
   * @param wanted id of a worker, if one was named
   */
  PeerInfo choose(List<PeerInfo> workers, Optional<String> wanted, Target target) {
    List<PeerInfo> sorted =
        workers.stream().sorted(Comparator.comparing(WorkerChoice::name)).toList();
    if (wanted.isPresent()) {
      return sorted.stream()
          .filter(worker -> worker.id().equals(wanted.get()))
          .findFirst()
          .orElseThrow(() -> notThere(wanted.get(), sorted));
    }
    if (sorted.isEmpty()) {
      throw CommandFailure.noConnection(
          "There is no worker in this room. Start one, or check --room and --server.");
    }
    return sorted.size() == 1 ? sorted.get(0) : ask(sorted, target);
  }

  private PeerInfo ask(List<PeerInfo> workers, Target target) {
    if (!target.interactive() || !console.terminal()) {
      throw CommandFailure.usage(
          "There are several workers in this room. Choose one with --worker-id: " + ids(workers));
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
    throw CommandFailure.usage("No worker was chosen. Name one with --worker-id: " + ids(workers));
  }

  private static CommandFailure notThere(String wanted, List<PeerInfo> workers) {
    return CommandFailure.noConnection(
        "Worker '"
            + wanted
            + "' is not in the room now. Is it running? "
            + (workers.isEmpty() ? "There is no other." : "There are: " + ids(workers)));
  }

  private static String ids(List<PeerInfo> workers) {
    return String.join(", ", workers.stream().map(PeerInfo::id).toList());
  }

  private static String described(PeerInfo worker) {
    String name = name(worker);
    return name.equals(worker.id()) ? name : name + " (" + worker.id() + ")";
  }

  /** What a worker calls itself, else its id. */
  static String name(PeerInfo worker) {
    return worker.properties().get("name") instanceof String name && !name.isBlank()
        ? PlainText.of(name.length() > 64 ? name.substring(0, 64) : name)
        : PlainText.of(worker.id());
  }
}
