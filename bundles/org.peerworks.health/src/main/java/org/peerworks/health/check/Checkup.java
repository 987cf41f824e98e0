package org.peerworks.health.check;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.peerworks.audit.api.AuditLog;
import org.peerworks.health.Config;
import org.peerworks.health.api.CheckResult;
import org.peerworks.health.api.Finding;
import org.peerworks.health.api.Health;
import org.peerworks.health.api.HealthCheck;
import org.peerworks.health.api.Readiness;
import org.peerworks.health.ready.ReadyLevels;
import org.peerworks.health.watch.Watchdog;
import org.peerworks.job.api.JobAccess;
import org.peerworks.job.api.JobType;
import org.peerworks.job.api.ProgramExecutor;
import org.peerworks.signaling.api.Room;
import org.peerworks.transport.api.Transport;

/**
 * Runs our checks and those of others. Made at the first question; whatever is missing then is a
 * finding.
 */
@Component(configurationPid = Config.PID)
public final class Checkup implements Health {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long GB = 1_000_000_000L;

  private final ReadyLevels levels;
  private final Examination examination = new Examination(PATIENCE);
  private final List<NamedCheck> ours;
  private final Map<ServiceReference<HealthCheck>, HealthCheck> others = new ConcurrentHashMap<>();
  private final Set<ServiceReference<Transport>> transports = ConcurrentHashMap.newKeySet();
  private final Set<ServiceReference<JobType>> types = ConcurrentHashMap.newKeySet();

  @Reference(
      name = "jobs",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile ServiceReference<JobAccess> jobs;

  @Reference(
      name = "programs",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile ProgramExecutor programs;

  @Reference(
      name = "audit",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile AuditLog audit;

  @Reference(
      name = "watchdog",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Watchdog watchdog;

  private volatile Room room;
  private volatile ServiceReference<Room> roomReference;

  @Activate
  public Checkup(
      BundleContext context, @Reference(name = "levels") ReadyLevels levels, Config config) {
    this.levels = levels;
    DataChecks data =
        new DataChecks(
            Path.of(context.getProperty("peerworks.data")), config.diskWarnGigabytes() * GB);
    ours =
        List.of(
            check("Readiness", this::ready, "ready"),
            check("Data directory", data::writable, "disk", "store"),
            check("Disk", data::room, "disk"),
            check("Job engine", () -> ServiceChecks.engine(jobs != null), "jobs"),
            check("Job types", () -> ServiceChecks.types(types), "jobs"),
            check("Trainer", () -> ServiceChecks.trainer(() -> programs), "jobs"),
            check("Room", () -> ServiceChecks.room(room, roomReference), "room"),
            check("Transports", () -> ServiceChecks.transports(transports), "room"),
            check("Audit log", new AuditCheckup(() -> audit, System::nanoTime), "audit"),
            check("Vital parts", new VitalsCheck(() -> watchdog), "system"),
            check("Clock", new ClockCheck(levels.clock()), "system"),
            check("Memory", JvmChecks::heap, "system"),
            check("Threads", JvmChecks::threads, "system"),
            check("Open files", new HandlesCheck(new SystemFiles()), "system"),
            check("Class loaders", new LoadersCheck(context), "system"));
  }

  private static NamedCheck check(String name, HealthCheck check, String... tags) {
    return new NamedCheck(name, List.of(tags), check);
  }

  @Override
  public List<CheckResult> check(String tag) throws InterruptedException {
    List<NamedCheck> chosen = new ArrayList<>(all());
    chosen.removeIf(check -> !check.has(tag));
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(
          "No check has the tag '"
              + tag
              + "'. There are: "
              + String.join(
                  ", ", all().stream().flatMap(c -> c.tags().stream()).sorted().distinct().toList())
              + ".");
    }
    return examination.run(chosen);
  }

  private List<NamedCheck> all() {
    List<NamedCheck> all = new ArrayList<>(ours);
    others.forEach((reference, check) -> all.add(named(reference, check)));
    all.sort(Comparator.comparing(NamedCheck::name));
    return all;
  }

  @Override
  public List<Readiness> readiness() {
    return levels.readiness();
  }

  private List<Finding> ready() {
    levels.look();
    List<Finding> findings = new ArrayList<>();
    for (Readiness level : levels.readiness()) {
      if (!level.reached()) {
        findings.add(
            Finding.error(
                "'%s' is not reached; since %s it waits for %s"
                    .formatted(level.name(), level.since(), level.waitsFor()),
                "See what the other checks say of it."));
      }
    }
    return findings.isEmpty() ? List.of(Finding.ok("All levels are reached")) : findings;
  }

  private static NamedCheck named(ServiceReference<HealthCheck> reference, HealthCheck check) {
    Object name = reference.getProperty(HealthCheck.NAME);
    Object tags = reference.getProperty(HealthCheck.TAGS);
    List<String> words =
        tags instanceof String[] several
            ? List.of(several)
            : tags == null ? List.of() : List.of(tags.toString());
    return new NamedCheck(
        name == null ? reference.getBundle().getSymbolicName() : name.toString(), words, check);
  }

  @Reference(
      name = "checks",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addCheck(ServiceReference<HealthCheck> reference, HealthCheck check) {
    others.put(reference, check);
  }

  void removeCheck(ServiceReference<HealthCheck> reference) {
    others.remove(reference);
  }

  @Reference(
      name = "transports",
      service = Transport.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addTransport(ServiceReference<Transport> transport) {
    transports.add(transport);
  }

  void removeTransport(ServiceReference<Transport> transport) {
    transports.remove(transport);
  }

  @Reference(
      name = "types",
      service = JobType.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addType(ServiceReference<JobType> type) {
    types.add(type);
  }

  void removeType(ServiceReference<JobType> type) {
    types.remove(type);
  }

  @Reference(
      name = "room",
      target = "(room.role=worker)",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setRoom(ServiceReference<Room> reference, Room now) {
    roomReference = reference;
    room = now;
  }

  void unsetRoom(Room gone) {
    if (room == gone) {
      room = null;
      roomReference = null;
    }
  }
}
