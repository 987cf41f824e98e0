package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.peerworks.itests.distribution.KilledMoment.Phase;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobState;

/** A worker out of the archive, with clients and an administrator at work, that is killed. */
final class KillLab implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int BIG = 32 << 20;

  /** What may still be written by somebody is left for a while. */
  private static final Duration FOR_GOOD = Duration.ofMinutes(3);

  /** So many jobs may wait or run. */
  private static final int OPEN = 12;

  private final Lab lab;
  private final Freezer freezer = new Freezer();
  private final KillTrainer trainer;
  private final KillAdmin admin;
  private final Random random;
  private KillClient client;
  private Running worker;
  private KillPrompt prompt;
  private KilledMoment moment;
  private Set<String> seen = new HashSet<>();

  KillLab(Lab lab, Random random) throws Exception {
    this.lab = lab;
    this.random = random;
    trainer = new KillTrainer(lab);
    lab.configureWorker("org.peerworks.job.engine", "cpuSlots = 3\ngpuSlots = 0\n");
    Map<String, Path> versions = new LinkedHashMap<>();
    for (String version : List.of("9.0.0", "9.0.1")) {
      versions.put(version, TrainVersions.make(lab, version));
    }
    admin = new KillAdmin(lab.workerData(), versions);
    lab.signal();
  }

  /** Starts the worker for the first time, and the load. */
  void begin() throws Exception {
    start();
    admin.begin(prompt);
    client =
        new KillClient(
            lab.directory().resolve("client-" + lab.port()), lab.server(), Lab.session(worker));
    for (int i = 0; i < 3; i++) {
      int which = i;
      client.load(number -> trainer.trainingPackage(number, which), this::hasRoom);
    }
    client.load(number -> trainer.trainingPackage(number, BIG), this::hasRoom);
    client.connect();
    admin.work(prompt);
  }

  private boolean hasRoom() {
    try {
      return client.acknowledged().size() - trainer.started().size() < OPEN;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start() throws IOException {
    FileTime now = FileTime.from(Instant.now());
    worker = lab.worker("--shell");
    prompt = new KillPrompt(worker);
    moment = new KilledMoment(lab.workerData(), worker.pid(), now);
  }

  /**
   * Kills the worker in its start.
   *
   * @param most milliseconds that it may take until then
   */
  Set<Phase> killInStart(int most) throws Exception {
    start();
    pause(random.nextInt(most));
    Set<Phase> phases = kill();
    phases.add(Phase.START);
    return phases;
  }

  /** Starts the worker, looks whether all is there, and puts it to work. */
  List<String> comeBack() throws Exception {
    start();
    awaitRoom();
    List<String> findings = new ArrayList<>();
    admin.check(prompt, findings);
    client.connect();
    findings.addAll(lost());
    findings.addAll(client.wrong());
    admin.work(prompt);
    return findings;
  }

  private void awaitRoom() throws Exception {
    try {
      Lab.session(worker);
    } catch (ConditionTimeoutException e) {
      worker.signal("QUIT"); // prints what every thread does
      pause(2000);
      throw new AssertionError("The worker is not in its room.\n" + worker.transcript(), e);
    }
  }

  /** Jobs that were acknowledged and are not there, or were run twice. */
  private List<String> lost() throws Exception {
    List<String> findings = new ArrayList<>();
    Set<String> fresh = new HashSet<>(client.acknowledged().values());
    fresh.removeAll(seen);
    Set<String> known = new HashSet<>();
    for (Job job : client.newest()) {
      known.add(job.id());
      if (job.state().isFinal() && job.state() != JobState.SUCCEEDED) {
        findings.add("Job " + job.id() + " is " + job.state() + ": " + job.reason());
      }
    }
    for (String id : fresh) {
      if (!known.contains(id)) {
        findings.add("Job " + id + " was acknowledged and is not there");
      }
    }
    seen.addAll(fresh);
    Set<String> once = new HashSet<>();
    for (String id : trainer.started()) {
      if (!once.add(id)) {
        findings.add("Job " + id + " was run twice");
      }
    }
    return findings;
  }

  /**
   * Kills the worker at work.
   *
   * @param wanted what it is to be in the middle of; null for nothing in particular
   */
  Set<Phase> killAtWork(Phase wanted) throws Exception {
    pause(100 + random.nextInt(wanted == null ? 2500 : 700));
    if (wanted != null) {
      long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
      while (!moment.isIn(wanted) && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      int most = wanted == Phase.INSTALL ? 400 : wanted == Phase.UPLOAD ? 300 : 8;
      if (wanted != Phase.STORE_COMMIT) {
        pause(random.nextInt(most));
      }
    }
    Set<Phase> phases = kill();
    client.disconnect();
    admin.pause();
    return phases;
  }

  private static void pause(int millis) throws InterruptedException {
    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }

  private Set<Phase> kill() throws Exception {
    freezer.freeze(worker.pid());
    Set<Phase> phases = moment.phases();
    ProcessHandle.of(worker.pid()).ifPresent(ProcessHandle::destroyForcibly); // SIGKILL
    assertThat(worker.exit()).as(worker.transcript()).isEqualTo(137);
    return phases;
  }

  /** Lets all that was begun come to its end, and says what is wrong then. */
  List<String> end() throws Exception {
    List<String> findings = comeBack();
    admin.pause();
    client.finish();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> client.newest().stream().allMatch(job -> job.state().isFinal()));
    findings.addAll(lost());
    List<Job> jobs = client.jobs();
    Map<String, Integer> started = new HashMap<>();
    trainer.started().forEach(id -> started.merge(id, 1, Integer::sum));
    for (Job job : jobs) {
      Integer times = started.remove(job.id());
      List<String> log =
          Files.readAllLines(lab.workerData().resolve("jobs").resolve(job.id()).resolve("log"));
      if (job.state() != JobState.SUCCEEDED
          || times == null
          || times != 1
          || !log.equals(trainer.log())) {
        findings.add(job + " was run " + times + " times, and its log is " + log);
      }
    }
    if (!started.isEmpty()) {
      findings.add("Jobs were run that are not there: " + started);
    }
    if (jobs.size() != client.handedIn()
        || new HashSet<>(client.acknowledged().values()).size() != client.handedIn()) {
      findings.add(
          "%d jobs, though %d were handed in, of which %d acknowledged"
              .formatted(jobs.size(), client.handedIn(), client.acknowledged().size()));
    }
    worker.signal("TERM");
    assertThat(worker.exit()).as(worker.transcript()).isZero();
    findings.addAll(left());
    System.out.printf(
        "%d jobs, %d times one was handed in again; %s%n",
        jobs.size(), client.again(), admin.done());
    return findings;
  }

  /** What unfinished work has left behind for good. */
  private List<String> left() throws IOException {
    List<String> left = new ArrayList<>();
    Path data = lab.workerData();
    FileTime before = FileTime.from(Instant.now().minus(FOR_GOOD));
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        boolean half =
            file.getFileName().toString().startsWith(".tmp-")
                || file.getParent().equals(data.resolve("bundles/incoming"));
        boolean partial = file.startsWith(data.resolve("uploads")) && Files.isRegularFile(file);
        if (partial || (half && Files.getLastModifiedTime(file).compareTo(before) < 0)) {
          left.add("Left behind: " + file);
        }
      }
    }
    return left;
  }

  @Override
  public void close() throws IOException {
    if (client != null) {
      client.close();
    }
    freezer.close();
    try {
      lab.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
