package org.peerworks.health.ready;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.condition.Condition;
import org.peerworks.health.api.Readiness;

/**
 * The services that say which levels are reached. Who waits for one may be started by its
 * registration, and change another level: so one thread at a time brings them in line, with no lock
 * held, until nothing is to be done.
 */
final class Conditions {

  private final BundleContext context;
  private final Supplier<List<Readiness>> levels;
  private final Map<String, ServiceRegistration<Condition>> there = new HashMap<>();
  private boolean busy;
  private boolean again;

  /**
   * @param levels as they are now
   */
  Conditions(BundleContext context, Supplier<List<Readiness>> levels) {
    this.context = context;
    this.levels = levels;
  }

  void bringInLine() {
    synchronized (this) {
      again = true;
      if (busy) {
        return;
      }
      busy = true;
    }
    try {
      while (more()) {
        Optional<Readiness> wrong = wrong();
        while (wrong.isPresent()) {
          mend(wrong.get());
          wrong = wrong();
        }
      }
    } finally {
      synchronized (this) {
        busy = false;
      }
    }
  }

  private synchronized boolean more() {
    boolean now = again;
    again = false;
    busy = now;
    return now;
  }

  private Optional<Readiness> wrong() {
    return levels.get().stream()
        .filter(level -> level.reached() != there.containsKey(level.name()))
        .findFirst();
  }

  private void mend(Readiness level) {
    if (level.reached()) {
      there.put(
          level.name(),
          context.registerService(
              Condition.class,
              Condition.INSTANCE,
              FrameworkUtil.asDictionary(
                  Map.of(Condition.CONDITION_ID, Readiness.CONDITION + level.name()))));
    } else {
      there.remove(level.name()).unregister();
    }
  }
}
