package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.itests.distribution.Lab;
import org.peerworks.itests.distribution.Running;

/**
 * Workers that send generated input over WebRTC to our client, by the channels of both protocols:
 * it ends with a status of its own, tells no defect, and keeps nothing.
 */
class HostileWorkerIT {

  private static final int EACH = 60;
  private static final int FEW = 3;
  private static final int MANY = 30;
  private static final int AT_ONCE = 3;
  private static final int HIGHEST_STATUS = 5;

  @TempDir static Path directory;

  private static Stage stage;
  private static OurClient client;

  @BeforeAll
  static void open() throws Exception {
    Lab lab = new Lab(directory);
    // A worker that is left is not looked for again.
    lab.configure("client-data", "org.peerworks.protocol.peerworks", "reconnectSeconds = 0\n");
    stage = new Stage(true, lab);
    client = new OurClient(stage);
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"peerworks", "sleap"})
  void someClientsEndInOrder(String protocol) throws Exception {
    attack(protocol, FEW, 4711);
  }

  @ParameterizedTest
  @Tag("long")
  @ValueSource(strings = {"peerworks", "sleap"})
  void manyClientsEndInOrder(String protocol) throws Exception {
    attack(protocol, MANY, System.nanoTime());
  }

  /** So many clients come to a worker that sends each of them inputs until it has left. */
  private static void attack(String protocol, int clients, long seed) throws Exception {
    List<Path> models = client.models();
    ObjectNode options = stage.options().put("protocol", protocol).put("seed", seed);
    // A worker of the first generation does not describe itself.
    options.put("generation", protocol.equals("sleap") ? "G1" : "G2").put("inputs", EACH);
    StandIn worker = stage.standIns().start("hostile_worker", options);
    List<String> way = List.of("-s", worker.expect("ready").get("session").textValue());
    Deque<Running> running = new ArrayDeque<>();
    for (int number = 0; number < clients; number++) {
      running.add(start(way, number, seed));
      if (running.size() >= AT_ONCE) {
        assertInOrder(running.remove(), seed, worker);
      }
    }
    for (Running each : running) {
      assertInOrder(each, seed, worker);
    }
    assertThat(worker.hasEnded()).as("seed %d, %s", seed, worker).isFalse();
    assertThat(sent(worker)).as("seed %d, %s", seed, worker).isPositive();
    worker.kill();
    System.out.printf(
        "%d inputs by '%s', seed %d, to %d clients%n", sent(worker), protocol, seed, clients);
    assertThat(client.models()).as("seed %d", seed).isEqualTo(models);
    assertThat(left()).as("seed %d", seed).isEmpty();
  }

  private static long sent(StandIn worker) {
    return worker.facts("sent_inputs").mapToLong(fact -> fact.get("count").longValue()).sum();
  }

  private static Running start(List<String> way, int number, long seed) throws IOException {
    if (number % 3 == 2) {
      Path out = stage.lab().desk().resolve("out-" + seed + "-" + number + ".slp");
      return client.track(way, "labels.slp", out);
    }
    return client.train(way, "good", "labels.slp", number % 3 == 0 ? 3000 : 300_000);
  }

  private static void assertInOrder(Running client, long seed, StandIn worker) throws Exception {
    int status = client.exit();
    String said = client.transcript();
    assertThat(status).as("seed %d, %s%n%s", seed, said, worker).isBetween(0, HIGHEST_STATUS);
    assertThat(said).as("seed %d", seed).doesNotContain("by a defect", "OutOfMemory", "\u001b[2J");
    List<String> lines = new ArrayList<>(client.out());
    lines.addAll(client.err());
    assertThat(lines)
        .as("seed %d", seed)
        .noneMatch(line -> line.matches("\\s+at [\\w.$/]+\\(.*|.*\\bException\\b.*"));
  }

  /** What was received, and is in nobody's hands. */
  private static List<Path> left() throws IOException {
    Path data = stage.lab().directory().resolve("client-data");
    try (Stream<Path> all = Files.walk(data)) {
      return all.filter(file -> file.getFileName().toString().startsWith("output-")).toList();
    }
  }
}
