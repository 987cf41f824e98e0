package org.peerworks.itests.embedded;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** A worker whose job type is swapped for another version again and again, under load. */
final class SwapLab implements AutoCloseable {

  /** Slots, all of which are to be busy all the time. */
  static final int RUNNING = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Pattern ID = Pattern.compile("\\bid=([^,\\]]+)");
  private static final Pattern VERSION = Pattern.compile("typeVersion=([^,\\]]+)");

  /** What a swap took, draining aside. */
  record Swap(Duration in, Duration out) {
    double millis() {
      return in.plus(out).toNanos() / 1e6;
    }
  }

  private final ObjectMapper json = new ObjectMapper();
  private final Worker worker;
  private final Map<String, Path> jars = new LinkedHashMap<>();
  private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> submitted = new ConcurrentLinkedQueue<>();
  private final Map<String, String> acceptedBy = new java.util.concurrent.ConcurrentHashMap<>();
  private Bundle current;
  private String version = "";
  private volatile boolean loading = true;
  private Thread load;

  SwapLab(Path directory) throws Exception {
    Path made = Files.createDirectories(directory.resolve("jars"));
    Path toy = Path.of(System.getProperty("peerworks.toy"));
    for (String one : List.of("1.0.0", "2.0.0")) {
      jars.put(one, SwapBundle.make(toy, made, one));
    }
    worker =
        Worker.start(
            Files.createDirectories(directory.resolve("data")),
            Map.of(
                "org.peerworks.job.process",
                Map.of("programs", new String[] {"sleep=/usr/bin/sleep"}),
                "org.peerworks.job.engine",
                Map.of("cpuSlots", RUNNING, "gpuSlots", 0)));
    worker.awaitShell("jobtype:list", "train");
    install("1.0.0");
    awaitTaking("1.0.0");
  }

  private void install(String now) throws Exception {
    current = worker.install(jars.get(now));
    version = now;
    loaders.add(new WeakReference<>(current.adapt(BundleWiring.class).getClassLoader()));
  }

  /** Keeps all slots busy and some jobs waiting, from now on. */
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
        .until(() -> !loading || open() < 6);
    if (loading) {
      submit(least + (most - least) * random.nextDouble());
    }
  }

  /** Hands one job in. */
  void submit(double seconds) {
    String shown = shell("job:submit swap '{\"seconds\": \"%.2f\"}'".formatted(seconds));
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
    } catch (java.io.IOException e) {
      throw new IllegalStateException("'" + command + "' printed no JSON", e);
    }
  }

  /** Jobs that wait or run. */
  int open() {
    return read("job:list --json").size();
  }

  private JsonNode of(String wanted) {
    for (JsonNode one : read("jobtype:list --json")) {
      if (one.get("type").asText().equals("swap") && one.get("version").asText().equals(wanted)) {
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
  Swap swap() throws Exception {
    Bundle old = current;
    String oldVersion = version;
    String next = oldVersion.equals("1.0.0") ? "2.0.0" : "1.0.0";
    long start = System.nanoTime();
    install(next);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .pollDelay(Duration.ZERO)
        .until(() -> of(next).path("bundle").asLong(-1) >= 0);
    shell("jobtype:use swap " + next);
    awaitTaking(next);
    Duration in = Duration.ofNanos(System.nanoTime() - start);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              JsonNode left = of(oldVersion);
              return left.path("running").asInt() + left.path("queued").asInt() == 0;
            });
    start = System.nanoTime();
    old.uninstall();
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
      String expected = "{\"doneBy\":\"" + acceptedBy.get(id) + "\"}";
      if (!job.get("state").asText().equals("SUCCEEDED")
          || !job.get("result").asText().equals(expected)) {
        wrong.add(job.toString());
      }
    }
    return wrong;
  }

  int jobs() {
    return submitted.size();
  }

  /** Class loaders of versions that were uninstalled and that something still holds. */
  long oldLoaders() {
    System.gc();
    return loaders.subList(0, loaders.size() - 1).stream().filter(one -> one.get() != null).count();
  }

  @Override
  public void close() {
    loading = false;
    worker.close();
  }
}
