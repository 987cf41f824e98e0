package org.peerworks.health.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.peerworks.health.Config;
import org.peerworks.health.api.Readiness;
import org.peerworks.health.api.Vitals;
import org.peerworks.health.ready.ReadyLevels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the vital parts for signs of life, and tells the service manager that all is well only while
 * they give them. When one is silent it writes down why, for whoever looks after the restart.
 */
@Component(service = Watchdog.class, immediate = true, configurationPid = Config.PID)
@Designate(ocd = Config.class)
public final class Watchdog {

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final ReadyLevels levels;
  private final Set<String> readyLevels;
  private final Duration limit;
  private final Duration pause;
  private final ServiceManager manager;
  private final SilenceFile file;
  private final VitalSigns signs = new VitalSigns(System::nanoTime);
  private final ScheduledThreadPoolExecutor watch;
  private final ThreadPoolExecutor asker;
  private Runnable unlisten = () -> {};
  private Set<String> reported = Set.of();
  private boolean ready;
  private String status = "";

  @Activate
  public Watchdog(
      BundleContext context, @Reference(name = "levels") ReadyLevels levels, Config config) {
    this(
        levels,
        config,
        new SilenceFile(Path.of(context.getProperty("peerworks.data"))),
        ServiceManager.of(System.getenv(), ProcessHandle.current().pid()));
  }

  Watchdog(ReadyLevels levels, Config config, SilenceFile file, ServiceManager manager) {
    this.levels = levels;
    this.readyLevels = required(levels, config);
    this.limit = Duration.ofSeconds(config.watchdogSeconds());
    this.file = file;
    this.manager = manager;
    this.pause = pause(manager, limit);
    this.watch = new ScheduledThreadPoolExecutor(1, threads("health-watch"));
    this.watch.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    // Its thread ends as soon as all were asked.
    this.asker =
        new ThreadPoolExecutor(
            0, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads("health-ask"));
  }

  private static Set<String> required(ReadyLevels levels, Config config) {
    Set<String> required = new TreeSet<>(List.of(config.readyLevels()));
    List<String> known = levels.readiness().stream().map(Readiness::name).toList();
    if (!known.containsAll(required)) {
      throw new IllegalArgumentException(
          "'readyLevels' in %s.cfg is %s, but the levels are %s."
              .formatted(Config.PID, required, known));
    }
    return required;
  }

  /** Often enough for the limit, and for the service manager to miss one. */
  private static Duration pause(ServiceManager manager, Duration limit) {
    Duration pause = limit.isZero() ? LONGEST_PAUSE : limit.dividedBy(4);
    if (manager.watchdog().isPresent()) {
      pause = shorter(pause, manager.watchdog().get().dividedBy(3));
    }
    return shorter(pause, LONGEST_PAUSE);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static ThreadFactory threads(String name) {
    return body -> {
      Thread thread = new Thread(null, body, name, 0, false);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Activate
  void start() {
    watch.scheduleWithFixedDelay(
        this::guardedTick, 0, Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS);
    if (manager.listens()) {
      unlisten = levels.onChange(this::tellReadySoon);
    }
  }

  @Deactivate
  void stop() {
    unlisten.run();
    watch.shutdownNow();
    asker.shutdownNow();
    manager.tell("STOPPING=1");
  }

  @Reference(
      name = "vitals",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addVitals(ServiceReference<Vitals> reference, Vitals vitals) {
    signs.add(vitals, reference.getBundle().getSymbolicName());
  }

  void removeVitals(Vitals vitals) {
    signs.remove(vitals);
  }

  /** The parts that are silent now. */
  public List<String> silent() {
    return limit.isZero()
        ? List.of()
        : signs.silent(limit).stream()
            .map(one -> "'" + one.part() + "' for " + one.waited().toSeconds() + " s")
            .toList();
  }

  /** What parts answered that live and fail, by part. */
  public Map<String, Throwable> troubles() {
    return signs.troubles();
  }

  /** How many parts are asked. */
  public int parts() {
    return signs.parts();
  }

  public SilenceFile file() {
    return file;
  }

  private void guardedTick() {
    try {
      tick();
    } catch (RuntimeException | Error e) { // or it would never be called again
      if (watch.isShutdown()) {
        LOG.debug("The watchdog was stopped while it looked", e);
      } else {
        LOG.error("The watchdog could not look", e);
      }
    }
  }

  void tick() {
    levels.look();
    levels.clock().look();
    List<VitalSigns.Silence> silent = limit.isZero() ? List.of() : signs.silent(limit);
    report(silent);
    tellReady();
    if (silent.isEmpty() && manager.watchdog().isPresent()) {
      manager.tell("WATCHDOG=1");
    }
    if (!limit.isZero()) {
      signs.ask(asker);
    }
  }

  private void report(List<VitalSigns.Silence> silent) {
    Set<String> now =
        silent.stream()
            .map(VitalSigns.Silence::part)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> more = new HashSet<>(now);
    more.removeAll(reported);
    if (!more.isEmpty()) {
      LOG.error(
          "Without a sign of life for {} s: {}; see '{}'", limit.toSeconds(), now, file.path());
      try {
        file.write(silent, Instant.now());
      } catch (IOException e) {
        LOG.error("Cannot write '{}'", file.path(), e);
      }
    } else if (now.isEmpty() && !reported.isEmpty()) {
      LOG.info("Gives signs of life again: {}", reported);
    }
    reported = now;
  }

  private void tellReadySoon() {
    try {
      watch.execute(this::tellReady);
    } catch (RejectedExecutionException e) {
      LOG.debug("Nobody is told, for the worker is stopping", e);
    }
  }

  /** Once, as soon as it is; and what it waits for, whenever that changes. */
  private void tellReady() {
    if (!manager.listens()) {
      return;
    }
    List<Readiness> all = levels.readiness();
    String waitsFor =
        all.stream()
            .filter(level -> !level.reached())
            .map(level -> level.name() + " waits for " + level.waitsFor())
            .collect(Collectors.joining("; "));
    String now = waitsFor.isEmpty() ? "Ready" : waitsFor;
    boolean becomesReady =
        !ready && all.stream().allMatch(l -> l.reached() || !readyLevels.contains(l.name()));
    if (becomesReady) {
      manager.tell("READY=1", "MAINPID=" + ProcessHandle.current().pid(), "STATUS=" + now);
      ready = true;
    } else if (!now.equals(status)) {
      manager.tell("STATUS=" + now);
    }
    status = now;
  }
}
