package org.peerworks.deploy.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.peerworks.deploy.apply.Health;
import org.peerworks.deploy.apply.Unresolved;
import org.peerworks.deploy.state.JournalEntry;
import org.peerworks.deploy.state.JournalEntry.Event;

/** Says why something does not run, down to the root cause. */
final class Diagnosis {

  private final BundleContext context;
  private final Health health;

  Diagnosis(BundleContext context, Health health) {
    this.context = context;
    this.health = health;
  }

  /**
   * @param name symbolic name of a bundle
   * @param journal oldest first
   * @return a line each; empty if nothing is known of the name
   */
  List<String> of(String name, List<JournalEntry> journal) {
    List<String> lines = new ArrayList<>();
    Arrays.stream(context.getBundles())
        .filter(bundle -> name.equals(bundle.getSymbolicName()))
        .forEach(bundle -> lines.addAll(of(bundle)));
    List<JournalEntry> newest = new ArrayList<>(journal);
    Collections.reverse(newest);
    newest.stream()
        .filter(entry -> entry.event() == Event.REFUSED || entry.event() == Event.ROLLED_BACK)
        .filter(entry -> speaksOf(entry, name))
        .findFirst()
        .ifPresent(
            entry ->
                lines.add(
                    "Transaction %d of %s (%s) was %s: %s"
                        .formatted(
                            entry.number(),
                            entry.time(),
                            entry.what(),
                            entry.event() == Event.REFUSED ? "refused" : "rolled back",
                            entry.reason())));
    return lines;
  }

  private static boolean speaksOf(JournalEntry entry, String name) {
    return entry.what().contains(name)
        || entry.reason().contains(name + " ")
        || entry.plan().stream().anyMatch(line -> line.contains(" " + name + " "));
  }

  private List<String> of(Bundle bundle) {
    String title = bundle.getSymbolicName() + " " + bundle.getVersion();
    if (bundle.getState() == Bundle.INSTALLED) {
      List<String> lines = new ArrayList<>(List.of(title + " is not resolved:"));
      lines.addAll(new Unresolved(context, List.of()).explain(bundle));
      return lines;
    }
    List<String> problems = health.problems(bundle);
    return problems.isEmpty() ? List.of(title + " runs, and is well.") : problems;
  }
}
