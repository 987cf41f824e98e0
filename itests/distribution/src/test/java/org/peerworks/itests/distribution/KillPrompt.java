package org.peerworks.itests.distribution;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The prompt of a worker that may be killed at any time. */
final class KillPrompt {

  private final Running worker;
  private int asked;

  KillPrompt(Running worker) {
    this.worker = worker;
  }

  /** What the worker says to a command; empty if it is gone before it has said all. */
  Optional<String> ask(String command) {
    String end = "end-of-" + ++asked;
    int before = worker.out().size();
    int errors = worker.err().size();
    try {
      worker.type(command);
      worker.type("echo " + end);
    } catch (IOException e) {
      return Optional.empty();
    }
    await()
        .atMost(Duration.ofSeconds(120))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> has(before, end) || !worker.isAlive());
    if (!has(before, end)) {
      return Optional.empty();
    }
    List<String> out = worker.out();
    List<String> err = worker.err();
    return Optional.of(
        String.join("\n", out.subList(before, out.size()))
            + "\n"
            + String.join("\n", err.subList(Math.min(errors, err.size()), err.size())));
  }

  /** Types a line, if the worker is still there. */
  void type(String line) {
    try {
      worker.type(line);
    } catch (IOException e) {
      return; // it was killed
    }
  }

  /** All that was said so far. */
  List<String> said() {
    return worker.out();
  }

  private boolean has(int from, String end) {
    List<String> out = worker.out();
    return out.subList(from, out.size()).stream().anyMatch(line -> line.endsWith(end));
  }
}
