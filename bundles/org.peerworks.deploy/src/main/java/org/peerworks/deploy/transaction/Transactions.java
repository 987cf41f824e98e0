package org.peerworks.deploy.transaction;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.peerworks.deploy.RefusedException;
import org.peerworks.deploy.apply.ChangeFailedException;
import org.peerworks.deploy.apply.Changer;
import org.peerworks.deploy.apply.Plan;
import org.peerworks.deploy.apply.Target;
import org.peerworks.deploy.state.DeployedBundle;
import org.peerworks.deploy.state.DeployedState;
import org.peerworks.deploy.state.JournalEntry;
import org.peerworks.deploy.state.ShippedBundles;
import org.peerworks.deploy.state.StartPlan;
import org.peerworks.deploy.state.StateStore;
import org.peerworks.deploy.transaction.Outcome.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one order after the other, each as a whole or not at all. One call at a time. */
final class Transactions {

  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

  private static final String WORKER = "worker";

  private final StateStore store;
  private final ShippedBundles shipped;
  private final Changer changer;
  private final Configurations configurations;
  private final JobVersions versions;
  private final Leaving leaving;
  private final Duration patience;
  private final Duration drainPatience;
  private final Intakes intakes;
  private final int history;

  /** Makes an intake for each order. */
  @FunctionalInterface
  interface Intakes {
    Intake open();
  }

  Transactions(
      StateStore store,
      ShippedBundles shipped,
      Changer changer,
      Configurations configurations,
      JobVersions versions,
      Leaving leaving,
      Duration patience,
      Duration drainPatience,
      Intakes intakes,
      int history) {
    this.store = store;
    this.shipped = shipped;
    this.changer = changer;
    this.configurations = configurations;
    this.versions = versions;
    this.leaving = leaving;
    this.patience = patience;
    this.drainPatience = drainPatience;
    this.intakes = intakes;
    this.history = history;
  }

  /** Carries it out. */
  Outcome run(Order order) {
    try (Intake intake = intakes.open()) {
      return run(order, intake);
    } catch (IOException e) {
      LOG.error("Cannot {}", order.what(), e);
      return new Outcome(
          0, Result.REFUSED, "The disk fails: " + e.getMessage(), List.of(), List.of());
    }
  }

  /** Removes what stayed only for its jobs, and has none left. */
  Optional<Outcome> letGo() throws IOException {
    Set<String> idle = leaving.idle(effective());
    if (idle.isEmpty()) {
      return Optional.empty();
    }
    String what = "remove " + String.join(", ", idle) + ", which has no more jobs";
    return Optional.of(
        run(new Order(what, WORKER, false, true, (now, intake) -> Leaving.without(now, idle))));
  }

  /** Gives an earlier version its place again, as one was withdrawn. */
  Outcome withdraw(Bundle bad, String reason) throws IOException {
    DeployedState state = effective();
    return run(
        new Order(
            "roll back " + Leaving.title(bad) + ": " + reason,
            WORKER,
            false,
            (now, intake) -> leaving.back(state, bad)));
  }

  /** Judges what waited for this start. */
  void endTrial(int number) throws IOException {
    JournalEntry begun = store.last(number).orElseThrow();
    Optional<DeployedState> pending = store.pending();
    if (pending.isEmpty() || begun.event() != JournalEntry.Event.BEGUN) {
      return;
    }
    List<DeployedBundle> fresh = new ArrayList<>(pending.get().bundles());
    fresh.removeAll(store.current().bundles());
    try {
      changer.awaitHealth(fresh.stream().map(b -> store.jars().location(b.sha256())).toList());
      store.commit(begun, pending.get());
      LOG.info("Transaction {}, which waited for this start, is committed", number);
    } catch (ChangeFailedException e) {
      String why = e.getMessage() + " The next start of the worker goes back.";
      store.rolledBack(begun, why);
      LOG.error("Transaction {}, which waited for this start: {}", number, why);
    }
    store.forgetPending();
    tidy();
  }

  private Outcome run(Order order, Intake intake) throws IOException {
    Plan plan = null;
    DeployedState now = effective();
    try {
      DeployedState asked =
          order.change().apply(order.drained() ? now : now.withoutLeaving(), intake);
      intake.keep();
      DeployedState next =
          order.drained() ? asked : leaving.keep(now, target(now), asked, target(asked));
      Target target = target(next);
      plan = changer.plan(target);
      Optional<String> restart = changer.needsRestart(plan);
      if (order.dryRun()) {
        List<String> lines = lines(plan, now, next);
        changer.forget(plan);
        tidy();
        return new Outcome(0, Result.PLANNED, restart.orElse(""), lines, intake.warnings());
      }
      if (restart.isPresent()) {
        return defer(order, next, plan, restart.get(), intake.warnings());
      }
      return carryOut(order, now, next, plan, intake.warnings());
    } catch (RefusedException | ChangeFailedException e) {
      if (order.dryRun()) {
        return new Outcome(0, Result.REFUSED, e.getMessage(), List.of(), intake.warnings());
      }
      LOG.warn("Refused to {}: {}", order.what(), e.getMessage());
      JournalEntry entry =
          store.refused(
              order.what(), order.by(), e.getMessage(), plan == null ? List.of() : plan.lines());
      tidy();
      return new Outcome(
          entry.number(), Result.REFUSED, e.getMessage(), entry.plan(), intake.warnings());
    }
  }

  private Outcome defer(
      Order order, DeployedState next, Plan plan, String reason, List<String> warnings)
      throws IOException, ChangeFailedException {
    List<String> lines = plan.lines();
    changer.forget(plan);
    JournalEntry begun = store.begin(order.what(), order.by(), lines);
    String why = "Restart to update: " + reason + ".";
    store.defer(begun, next, why);
    return new Outcome(begun.number(), Result.NEEDS_RESTART, why, lines, warnings);
  }

  private Outcome carryOut(
      Order order, DeployedState now, DeployedState next, Plan plan, List<String> warnings)
      throws IOException {
    JournalEntry begun = store.begin(order.what(), order.by(), lines(plan, now, next));
    Set<Bundle> running = changer.running();
    String reason;
    try (Drain drained =
        Drain.of(versions, plan.refreshed().keySet(), drainPatience, order.what())) {
      configurations.change(now, next);
      changer.apply(plan, target(next));
      versions.awaitTaken(plan.added(), patience);
      versions.awaitTaken(drained.bundles(), patience);
      store.commit(begun, next);
      hand(now, next, plan, order.what());
      LOG.info("Transaction {}: {}", begun.number(), order.what());
      tidy();
      return new Outcome(begun.number(), Result.INSTALLED, "", begun.plan(), warnings);
    } catch (ChangeFailedException e) {
      reason = e.getMessage();
    } catch (IOException e) {
      reason = "The state or a configuration cannot be written: " + e.getMessage() + ".";
    }
    List<String> notes = new ArrayList<>(changer.restore(target(now), running));
    try {
      configurations.change(next, now);
    } catch (IOException e) {
      notes.add("The configurations cannot be written: " + e.getMessage() + ".");
    }
    String why = notes.isEmpty() ? reason : reason + " Of the way back: " + String.join(" ", notes);
    LOG.warn("Rolled back transaction {} ({}): {}", begun.number(), order.what(), why);
    store.rolledBack(begun, why);
    tidy();
    return new Outcome(begun.number(), Result.ROLLED_BACK, why, begun.plan(), warnings);
  }

  private void hand(DeployedState now, DeployedState next, Plan plan, String reason) {
    List<Bundle> fresh = new ArrayList<>(plan.added());
    fresh.addAll(leaving.bundles(Leaving.without(now, next.leaving())));
    versions.hand(fresh, leaving.bundles(next), "It leaves (" + reason + ").");
  }

  /** What runs, or will run after the restart that somebody waits for. */
  private DeployedState effective() throws IOException {
    DeployedState state = store.pending().orElseGet(store::current);
    return StartPlan.of(state, shipped, store.jars()).effective(state);
  }

  private Target target(DeployedState state) throws IOException {
    return Target.of(state, shipped, store.jars());
  }

  private static List<String> lines(Plan plan, DeployedState now, DeployedState next) {
    List<String> lines = new ArrayList<>(plan.lines());
    next.leaving().stream()
        .filter(title -> !now.leaving().contains(title))
        .forEach(title -> lines.add("leaves     " + title + ", when its jobs have ended"));
    return lines;
  }

  private void tidy() {
    try {
      store.deleteOld(history, changer.jarsInUse());
    } catch (IOException e) {
      LOG.warn("What no transaction needs any more stays on the disk for now", e);
    }
  }
}
