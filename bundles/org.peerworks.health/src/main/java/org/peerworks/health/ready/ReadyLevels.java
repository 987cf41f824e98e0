package org.peerworks.health.ready;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.peerworks.health.api.Readiness;
import org.peerworks.job.api.JobAccess;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.ProgramExecutor;
import org.peerworks.signaling.api.Room;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows how far this worker has come, and offers a condition for each level that is reached. */
@Component(service = ReadyLevels.class, immediate = true)
public final class ReadyLevels {

  private static final Logger LOG = LoggerFactory.getLogger(ReadyLevels.class);

  /** Who is just being installed has not started yet, either. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final BundleContext context;
  private final ClockJumps clock;
  private final Conditions conditions;
  private final List<ReadyLevel> levels;
  private final BundleListener bundles = this::changed;
  private final FrameworkListener framework = event -> look();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Set<ServiceReference<JobType>> types = ConcurrentHashMap.newKeySet();
  private volatile ServiceReference<JobAccess> jobs;
  private volatile ServiceReference<ProgramExecutor> programs;
  private volatile Room room;
  private boolean stopped;

  @Activate
  public ReadyLevels(BundleContext context) {
    this(context, Clock.systemUTC(), PATIENCE);
  }

  /**
   * @param patience how long a bundle may take to start once all have
   */
  ReadyLevels(BundleContext context, Clock clock, Duration patience) {
    this.context = context;
    this.clock = new ClockJumps(clock, System::nanoTime);
    this.conditions = new Conditions(context, this::offered);
    StartedBundles started = new StartedBundles(context);
    levels =
        List.of(
            new ReadyLevel("framework", started::missing, clock, patience),
            new ReadyLevel("store", this::storeMissing, clock, Duration.ZERO),
            new ReadyLevel("jobs", this::jobsMissing, clock, Duration.ZERO),
            new ReadyLevel("room", this::roomMissing, clock, Duration.ZERO));
  }

  @Activate
  void start() {
    context.addBundleListener(bundles);
    context.addFrameworkListener(framework);
    look();
  }

  @Deactivate
  void stop() {
    context.removeBundleListener(bundles);
    context.removeFrameworkListener(framework);
    synchronized (this) {
      stopped = true;
    }
    conditions.bringInLine();
  }

  /** Those to be offered; none once this has stopped. */
  private synchronized List<Readiness> offered() {
    return levels.stream()
        .map(ReadyLevel::readiness)
        .map(level -> stopped ? unreached(level) : level)
        .toList();
  }

  private static Readiness unreached(Readiness level) {
    return new Readiness(level.name(), false, level.since(), "");
  }

  private void changed(BundleEvent event) {
    if ((event.getType() & (BundleEvent.STARTED | BundleEvent.STOPPED | BundleEvent.UNINSTALLED))
        != 0) {
      look();
    }
  }

  /** All levels, lowest first. */
  public synchronized List<Readiness> readiness() {
    return levels.stream().map(ReadyLevel::readiness).toList();
  }

  /** Whether the clock runs evenly. */
  public ClockJumps clock() {
    return clock;
  }

  /**
   * Tells when a level is reached or lost, on any thread: be quick.
   *
   * @return ends that
   */
  public Runnable onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Looks at all levels again. */
  public void look() {
    List<Readiness> changed = new ArrayList<>();
    synchronized (this) {
      if (stopped) {
        return;
      }
      levels.forEach(level -> level.look(changed::add));
    }
    for (Readiness now : changed) {
      if (now.reached()) {
        LOG.info("Ready: '{}'", now.name());
      } else if (context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.ACTIVE) {
        LOG.warn("No longer ready: '{}' waits for {}", now.name(), now.waitsFor());
      }
    }
    if (!changed.isEmpty()) {
      conditions.bringInLine();
      listeners.forEach(Runnable::run);
    }
  }

  private String storeMissing() {
    return jobs == null ? "the job engine, which opens the store; 'health:check' says more" : "";
  }

  private String jobsMissing() {
    if (jobs == null) {
      return "the job engine";
    }
    if (programs == null) {
      return "a program executor";
    }
    return types.isEmpty() ? "a job type" : "";
  }

  private String roomMissing() {
    Room here = room;
    if (here == null) {
      return "a room to be entered";
    }
    return here.connected() ? "" : "the signalling server to be reached again";
  }

  @Reference(
      name = "jobs",
      service = JobAccess.class,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setJobs(ServiceReference<JobAccess> now) {
    jobs = now;
    look();
  }

  void unsetJobs(ServiceReference<JobAccess> gone) {
    if (gone.equals(jobs)) {
      jobs = null;
      look();
    }
  }

  @Reference(
      name = "programs",
      service = ProgramExecutor.class,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setPrograms(ServiceReference<ProgramExecutor> now) {
    programs = now;
    look();
  }

  void unsetPrograms(ServiceReference<ProgramExecutor> gone) {
    if (gone.equals(programs)) {
      programs = null;
      look();
    }
  }

  @Reference(
      name = "types",
      service = JobType.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addType(ServiceReference<JobType> type) {
    types.add(type);
    look();
  }

  void removeType(ServiceReference<JobType> type) {
    types.remove(type);
    look();
  }

  @Reference(
      name = "room",
      target = "(room.role=worker)",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setRoom(Room now) {
    room = now;
    look();
  }

  void unsetRoom(Room gone) {
    if (room == gone) {
      room = null;
      look();
    }
  }
}
