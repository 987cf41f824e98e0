package org.peerworks.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.lib.files.Hashes;

/** A large file to a worker, over a network that goes away again and again. */
@Tag("long")
class CutUploadIT {

  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final int SIZE = Integer.MAX_VALUE;
  private static final int CUTS = 5;

  /** What the worker grants beyond what it has acknowledged ({@code windowKilobytes}). */
  private static final long CHUNK = 4 << 20;

  private static final Pattern DONE = Pattern.compile("done (\\d+) (\\d+)");

  /** Resident memory may vary by so much between the first and the last cut. */
  private static final long STEADY = 64 << 20;

  @TempDir Path directory;

  private Lab lab;
  private ScriptedTrainer trainer;
  private Cable cable;
  private Running client;

  @BeforeEach
  void openLab() throws Exception {
    lab = new Lab(directory);
    trainer = new ScriptedTrainer(lab);
    lab.configureWorker("org.peerworks.transport.webrtc", "disconnectGraceSeconds = 1\n");
    lab.signal();
    cable = new Cable(lab.server().webSocket(), false);
  }

  @AfterEach
  void closeLab() throws Exception {
    if (client != null) {
      client.close();
    }
    cable.close();
    lab.close();
  }

  @Test
  void arrivesWholeWithAtMostOneChunkSentTwiceForEachCut() throws Exception {
    Running worker = lab.worker();
    String session = Lab.session(worker);
    Path file = trainer.trainingPackage("package.zip", SIZE);
    long size = Files.size(file);
    client = client(session, file);
    List<String> table = new ArrayList<>();
    List<Long> clientMemory = new ArrayList<>();
    List<Long> workerMemory = new ArrayList<>();
    for (int cut = 1; cut <= CUTS; cut++) {
      long upTo = size / (CUTS + 1) * cut;
      await().atMost(PATIENCE).until(() -> done() >= upTo);
      clientMemory.add(resident(client.pid()));
      workerMemory.add(resident(worker.pid()));
      table.add(
          "cut %d at %d MiB: client %d MiB, worker %d MiB resident"
              .formatted(
                  cut,
                  done() >> 20,
                  clientMemory.get(cut - 1) >> 20,
                  workerMemory.get(cut - 1) >> 20));
      int before = count("link CONNECTED");
      cable.cut();
      await().atMost(PATIENCE).until(() -> count("link CONNECTED") > before);
    }
    await().atMost(PATIENCE).until(() -> last("job \\S+ (\\d+)") > 0 || !client.isAlive());
    long sent = last("job \\S+ (\\d+)");
    clientMemory.add(resident(client.pid()));
    workerMemory.add(resident(worker.pid()));
    table.add(
        "%d bytes, sent %d, %d of them twice; at the end client %d MiB, worker %d MiB resident"
            .formatted(
                size,
                sent,
                sent - size,
                clientMemory.get(CUTS) >> 20,
                workerMemory.get(CUTS) >> 20));
    List<Long> twice = sentTwice();
    table.add("sent twice for each cut: " + twice);
    table.forEach(System.out::println);
    assertThat(received()).as(client.transcript()).containsExactly(Hashes.sha256(file));
    assertThat(count("link LOST")).isEqualTo(CUTS);
    assertThat(twice).hasSize(CUTS).allSatisfy(bytes -> assertThat(bytes).isBetween(0L, CHUNK));
    assertThat(twice.stream().mapToLong(Long::longValue).sum())
        .as("and nothing else: what the worker has got once does not come again")
        .isEqualTo(sent - size);
    assertFlat(clientMemory);
    assertFlat(workerMemory);
    trainer.go();
  }

  private static void assertFlat(List<Long> resident) {
    assertThat(resident.get(CUTS) - resident.get(0)).as("%s", resident).isLessThan(STEADY);
  }

  private Running client(String session, Path file) throws IOException {
    return new Running(
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            CutUpload.class.getName(),
            cable.address().toString(),
            lab.server().http().toString(),
            session,
            Files.createDirectories(directory.resolve("cut")).toString(),
            file.toString()));
  }

  private long done() {
    assertThat(client.isAlive()).as(client.transcript()).isTrue();
    return last("done (\\d+) .*");
  }

  private long last(String regex) {
    Pattern pattern = Pattern.compile(regex);
    List<String> lines = client.out();
    for (int i = lines.size() - 1; i >= 0; i--) {
      Matcher matcher = pattern.matcher(lines.get(i));
      if (matcher.matches()) {
        return Long.parseLong(matcher.group(1));
      }
    }
    return 0;
  }

  /**
   * How much of the file was given to the network once more after each cut: where the worker says
   * at which byte it goes on, all that was sent beyond that byte was sent in vain.
   */
  private List<Long> sentTwice() {
    List<Long> twice = new ArrayList<>();
    long inVain = Long.MAX_VALUE;
    long before = 0;
    for (String line : client.out()) {
      Matcher done = DONE.matcher(line);
      if (done.matches()) {
        // On the way it is more, by what is under way.
        inVain = Math.min(inVain, Long.parseLong(done.group(2)) - Long.parseLong(done.group(1)));
      }
      if (line.startsWith("link LOST") || line.startsWith("job ")) {
        twice.add(inVain - before);
        before = inVain;
        inVain = Long.MAX_VALUE;
      }
    }
    return twice.subList(1, twice.size());
  }

  private int count(String start) {
    return (int) client.out().stream().filter(line -> line.startsWith(start)).count();
  }

  private static long resident(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }

  private List<String> received() throws IOException {
    List<String> hashes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(lab.workerData().resolve("jobs"))) {
      for (Path file :
          files.filter(path -> path.getFileName().toString().equals("package.zip")).toList()) {
        hashes.add(Hashes.sha256(file));
      }
    }
    return hashes;
  }
}
