package org.peerworks.itests.embedded;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/**
 * A worker whose job type {@code train} is swapped for another version again and again, as an
 * administrator does it, while its jobs run.
 */
final class SwapLab implements AutoCloseable {

  /** Slots, all of which are to be busy all the time. */
  static final int RUNNING = 4;

  private static final String BUNDLE = "org.peerworks.job.train";
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Pattern ID = Pattern.compile("\\bid=([^,\\]]+)");
  private static final Pattern VERSION = Pattern.compile("typeVersion=([^,\\]]+)");

  /** What each version says in the place of "models". */
  private static final Map<String, String> WORDS = Map.of("9.0.0", "MODELS", "9.0.1", "Models");

  /**
   * What a swap took, draining aside.
   *
   * @param in until new jobs go to the new version
   * @param out from the end of the last job of the old version until that is gone
   */
  record Swap(Duration in, Duration out) {
    double millis() {
      return in.plus(out).toNanos() / 1e6;
    }
  }

  private final ObjectMapper json = new ObjectMapper();
  private final Worker worker;
  private final SwapTrainer trainer;
  private final Map<String, Path> jars = new LinkedHashMap<>();
  private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> submitted = new ConcurrentLinkedQueue<>();
  private final Map<String, String> acceptedBy = new ConcurrentHashMap<>();
  private String version = "9.0.0";
  private volatile boolean loading = true;
  private Thread load;

  SwapLab(Path directory) throws Exception {
    Path made = Files.createDirectories(directory.resolve("jars"));
    trainer = new SwapTrainer(made);
    for (String one : List.of("9.0.0", "9.0.1")) {
      jars.put(one, SwapBundle.make(shipped(), made, one, WORDS.get(one)));
    }
    worker =
        Worker.start(
            Files.createDirectories(directory.resolve("data")),
            Map.of(
                "org.peerworks.job.process",
                trainer.configuration(),
                "org.peerworks.job.engine",
                Map.of("cpuSlots", RUNNING, "gpuSlots", 0)));
    worker.awaitShell("jobtype:list", "train");
    change("bundle:install " + jars.get(version));
    awaitTaking(version);
    keepLoader();
  }

  private static Path shipped() throws IOException {
    Path bundles = Path.of(System.getProperty("peerworks.worker.home"), "bundles");
    try (Stream<Path> jars = Files.list(bundles)) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith(BUNDLE + "-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private void change(String command) {
    String said = shell(command);
    if (!said.contains("is committed")) {
      throw new IllegalStateException("'" + command + "' said " + said);
    }
  }

  private Optional<Bundle> bundle(String wanted) {
    return worker.bundles().stream()
        .filter(bundle -> BUNDLE.equals(bundle.getSymbolicName()))
        .filter(bundle -> bundle.getVersion().toString().equals(wanted))
        .findFirst();
  }

  private void keepLoader() {
    Bundle bundle = bundle(version).orElseThrow();
    loaders.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
  }

  /**
   * Keeps all slots busy and some jobs waiting, from now on.
   *
   * @param least seconds that a job's program takes
   */
  void load(double least, double most) {
    Random random = new Random(7);
    load =
        new Thread(
            () -> {
              while (loading) {
                fill(random, least, most);
              }
            },
            "swap-load");
    load.start();
  }

  private void fill(Random random, double least, double most) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !loading || open() < RUNNING + 1);
    if (loading) {
      submit(least + (most - least) * random.nextDouble());
    }
  }

  /** Hands one job in. */
  void submit(double seconds) {
    String shown = shell("job:submit train '{}' " + trainer.trainingPackage(seconds));
    String id = first(ID, shown);
    acceptedBy.put(id, first(VERSION, shown));
    submitted.add(id);
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("There is no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }

  private String shell(String command) {
    try {
      return worker.shell(command);
    } catch (Exception e) {
      throw new IllegalStateException("'" + command + "' failed", e);
    }
  }

  private JsonNode read(String command) {
    try {
      return json.readTree(shell(command));
    } catch (IOException e) {
      throw new IllegalStateException("'" + command + "' printed no JSON", e);
    }
  }

  /** Jobs that wait or run. */
  int open() {
    return read("job:list --json").size();
  }

  private JsonNode of(String wanted) {
    for (JsonNode one : read("jobtype:list --json")) {
      if (one.get("type").asText().equals("train") && one.get("version").asText().equals(wanted)) {
        return one;
      }
    }
    return json.createObjectNode();
  }

  private void awaitTaking(String wanted) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .pollDelay(Duration.ZERO)
        .until(() -> of(wanted).path("share").asInt() == 100);
  }

  /** Puts the other version in the place of the one that takes jobs. */
  Swap swap() {
    String old = version;
    String next = old.equals("9.0.0") ? "9.0.1" : "9.0.0";
    long start = System.nanoTime();
    change("bundle:update " + BUNDLE + " " + jars.get(next));
    awaitTaking(next);
    Duration in = Duration.ofNanos(System.nanoTime() - start);
    version = next;
    keepLoader();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> of(old).path("running").asInt() + of(old).path("queued").asInt() == 0);
    start = System.nanoTime();
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> bundle(old).isEmpty());
    return new Swap(in, Duration.ofNanos(System.nanoTime() - start));
  }

  /** Lets all jobs end, and hands in no more. */
  void finish() throws InterruptedException {
    loading = false;
    if (load != null) {
      load.join();
    }
    await().atMost(PATIENCE).until(() -> open() == 0);
  }

  /** What became of each job: its state, and whether the version that accepted it did it. */
  List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    for (String id : submitted) {
      JsonNode job = read("job:show --json " + id);
      String expected = "\"" + WORDS.get(acceptedBy.get(id)) + "\":";
      if (!job.get("state").asText().equals("SUCCEEDED")
          || !job.get("result").asText().contains(expected)) {
        wrong.add(job.toString());
      }
    }
    return wrong;
  }

  int jobs() {
    return submitted.size();
  }

  /** Class loaders of versions that are gone, and that something still holds. */
  long oldLoaders() {
    System.gc();
    return loaders.subList(0, loaders.size() - 1).stream().filter(one -> one.get() != null).count();
  }

  /** Class loaders of bundles in the heap, all of which is walked, beyond one for each bundle. */
  long surplusLoaders() throws JMException {
    String histogram =
        (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
    long found =
        histogram
            .lines()
            .filter(line -> line.contains("BundleWiringImpl$BundleClassLoader"))
            .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1]))
            .sum();
    if (found == 0) {
      throw new IllegalStateException("No class loader of a bundle in\n" + histogram);
    }
    return found - worker.bundles().size();
  }

  @Override
  public void close() {
    loading = false;
    worker.close();
  }
}
