package org.peerworks.cli.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.peerworks.cli.terminal.Console;

/** What will be done, in order: said before, or said as it is done. */
final class Steps {

  /** One thing to do. */
  interface Action {
    void run() throws IOException, InterruptedException;
  }

  private record Step(String text, Action action) {}

  private final List<Step> steps = new ArrayList<>();

  /**
   * Adds a step.
   *
   * @param text what it does, as a sentence without its full stop
   */
  void add(String text, Action action) {
    steps.add(new Step(text, action));
  }

  List<String> texts() {
    return steps.stream().map(Step::text).toList();
  }

  /** Does all of them, or only says what they are. */
  void run(Console console, boolean dryRun) throws IOException, InterruptedException {
    if (dryRun) {
      console.say("Would do, in this order:");
    }
    for (Step step : steps) {
      console.say((dryRun ? "  " : "") + step.text() + ".");
      console.event(dryRun ? "would" : "does", "text", step.text());
      if (!dryRun) {
        step.action().run();
      }
    }
  }
}
