package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.Mount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the mounts of this worker and the threads that reach them. Thread-safe. */
@Component(service = MountTable.class, configurationPid = MountTable.PID)
@Designate(ocd = FilesConfig.class)
public final class MountTable {

  static final String PID = "org.peerworks.files.resolver";

  private static final Logger LOG = LoggerFactory.getLogger(MountTable.class);
  private static final String PROJECTS = "projects";
  private static final int ANSWER_THREADS = 4;
  private static final int MOST_MOUNTS = 64;

  private final FilesConfig config;
  private final AddedMounts added;
  private final Path projects;
  private final OwnData own;
  private final RightOfWay way = new RightOfWay();
  private final ThreadPoolExecutor answers;
  private final ScheduledThreadPoolExecutor clock;
  private volatile MountSet mounts;

  @Activate
  public MountTable(BundleContext context, FilesConfig config) throws IOException {
    this(
        Path.of(context.getProperty("peerworks.data")),
        config,
        org.peerworks.lib.account.Places.ofProcess());
  }

  /**
   * @param user where sleap-rtc's configuration is
   */
  MountTable(Path data, FilesConfig config, org.peerworks.lib.account.Places user)
      throws IOException {
    this.config = config;
    Path directory = Files.createDirectories(data.toAbsolutePath().resolve("files"));
    projects = Files.createDirectories(directory.resolve(PROJECTS));
    own = OwnData.of(data);
    added = new AddedMounts(directory.resolve("mounts.json"));
    AtomicInteger number = new AtomicInteger();
    answers =
        new ThreadPoolExecutor(
            ANSWER_THREADS,
            ANSWER_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon(task, "files-answer " + number.incrementAndGet()));
    answers.allowCoreThreadTimeOut(true);
    clock = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "files-clock"));
    clock.setRemoveOnCancelPolicy(true);
    SleapRtcMounts others =
        config.sleapRtcConfiguration()
            ? SleapRtcMounts.read(user, patience())
            : new SleapRtcMounts(Optional.empty(), List.of());
    mounts = configured(data.toAbsolutePath(), others);
    List<Mount> visible = mounts.visible().stream().map(Mounted::mount).toList();
    if (visible.isEmpty()) {
      LOG.info("Clients may not look into this worker's files: there are no mounts");
    } else {
      LOG.info("Clients may look into {}", visible.stream().map(MountTable::words).toList());
    }
  }

  private static String words(Mount mount) {
    return mount.label() + "=" + mount.path();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private MountSet configured(Path data, SleapRtcMounts others) throws IOException {
    Path working =
        config.workingDirectory().isBlank()
            ? others.workingDirectory().orElse(null)
            : Path.of(config.workingDirectory().strip()).toAbsolutePath().normalize();
    List<Mounted> all = new ArrayList<>();
    for (String given : config.mounts()) {
      for (String text : given.split(",")) {
        if (!text.isBlank()) {
          MountLine line = MountLine.parse(text);
          take(all, line.label(), line.path(working), Mounted.Origin.CONFIGURATION);
        }
      }
    }
    for (MountLine line : added.read()) {
      takeIfPossible(all, line, working, Mounted.Origin.COMMAND);
    }
    for (MountLine line : others.mounts()) {
      takeIfPossible(all, line, working, Mounted.Origin.SLEAP_RTC);
    }
    if (working == null) {
      working = all.isEmpty() ? data : all.get(0).configured();
    }
    Lane lane = new Lane(PROJECTS, patience(), way, answers());
    all.add(new Mounted(PROJECTS, projects, Mounted.Origin.OWN, true, lane));
    return new MountSet(all, working, own);
  }

  /** What is not in the worker's own configuration does not keep it from its work. */
  private void takeIfPossible(
      List<Mounted> all, MountLine line, Path working, Mounted.Origin origin) {
    try {
      MountLine.of(line.label(), line.path());
      take(all, line.label(), line.path(working), origin);
    } catch (IllegalArgumentException e) {
      LOG.warn("The mount '{}' of '{}' is left out", line.label(), origin, e);
    }
  }

  private void take(List<Mounted> all, String label, Path path, Mounted.Origin origin) {
    for (Mounted other : all) {
      if (other.label().equalsIgnoreCase(label)) {
        throw new IllegalArgumentException(
            "Two mounts have the label '%s': '%s' and '%s'. Give one another label."
                .formatted(label, other.configured(), path));
      }
    }
    requireOthers(label, path);
    if (all.size() >= MOST_MOUNTS) {
      throw new IllegalArgumentException("A worker has at most " + MOST_MOUNTS + " mounts.");
    }
    all.add(new Mounted(label, path, origin, false, new Lane(label, patience(), way, answers())));
  }

  private void requireOthers(String label, Path path) {
    if (path.startsWith(own.path())) {
      throw new IllegalArgumentException(
          "The mount '%s' would show the worker's own data in '%s', with its keys. Choose another directory."
              .formatted(label, own.path()));
    }
  }

  MountSet mounts() {
    return mounts;
  }

  FilesConfig config() {
    return config;
  }

  Duration patience() {
    return Duration.ofSeconds(config.answerSeconds());
  }

  /** The worker's own directory for copies of projects; jobs may read it. */
  Path projects() {
    return projects;
  }

  /** Where results are handed to whoever waits for them. */
  Executor answers() {
    return this::hand;
  }

  private void hand(Runnable answer) {
    try {
      answers.execute(answer);
    } catch (RejectedExecutionException e) {
      answer.run(); // this goes away; nobody shall wait for ever
    }
  }

  /** For what has to happen at a certain time, in no time. */
  ScheduledExecutorService clock() {
    return clock;
  }

  /** Adds a mount for good. Callers see it from now on. */
  synchronized void add(String label, String path) throws IOException {
    MountLine line = MountLine.of(label, path);
    MountSet now = mounts;
    Path absolute = line.path(now.workingDirectory());
    if (!Files.isDirectory(absolute)) {
      throw new IllegalArgumentException(
          "There is no directory '%s' on this worker.".formatted(absolute));
    }
    requireOthers(label, absolute.toRealPath());
    List<Mounted> all = new ArrayList<>(now.mounts());
    take(all, line.label(), absolute, Mounted.Origin.COMMAND);
    List<MountLine> stored = new ArrayList<>(added.read());
    stored.add(new MountLine(line.label(), absolute.toString()));
    added.write(stored);
    mounts = new MountSet(all, now.workingDirectory(), own);
  }

  /** Takes away a mount that was added by {@link #add}, also if it was left out. */
  synchronized void remove(String label) throws IOException {
    MountSet now = mounts;
    List<MountLine> stored = added.read();
    List<MountLine> kept = stored.stream().filter(line -> !line.label().equals(label)).toList();
    Optional<Mounted> gone =
        now.visible().stream().filter(mount -> mount.label().equals(label)).findFirst();
    if (kept.size() == stored.size()) {
      throw new IllegalArgumentException(
          "The mount '%s' comes from %s. Take it out there."
              .formatted(label, origin(gone.orElseThrow(() -> unknown(label)))));
    }
    added.write(kept);
    gone.filter(mount -> mount.origin() == Mounted.Origin.COMMAND)
        .ifPresent(
            mount -> {
              mounts =
                  new MountSet(
                      now.mounts().stream().filter(other -> other != mount).toList(),
                      now.workingDirectory(),
                      own);
              mount.close();
            });
  }

  private static String origin(Mounted mount) {
    return mount.origin() == Mounted.Origin.CONFIGURATION
        ? "the configuration '" + PID + "'"
        : mount.origin().toString();
  }

  static FileAccessException unknown(String label) {
    return new FileAccessException(
        Code.MOUNT_NOT_FOUND,
        "There is no mount '%s' on this worker.".formatted(Names.shown(label)));
  }

  @Deactivate
  void close() {
    clock.shutdownNow();
    mounts.mounts().forEach(Mounted::close);
    answers.shutdown();
  }
}
