package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.itests.distribution.Lab;
import org.peerworks.itests.distribution.Running;

/**
 * Generated input over WebRTC at our worker, by the channels of both protocols: the worker goes on,
 * for good clients of both too, and keeps nothing of it. Of these inputs some are good ones at the
 * wrong moment, most are damaged, and some are floods, or too large.
 */
class HostileChannelIT {

  private static final int FEW = 100;

  /** Of these, so many at a time; after each the worker has to be well. */
  private static final int MANY = 5000;

  private static final int BATCH = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final List<String> PROTOCOLS = List.of("peerworks", "sleap");

  @TempDir static Path directory;

  private static Stage stage;
  private static OurClient client;
  private static Running worker;

  @BeforeAll
  static void open() throws Exception {
    stage = new Stage(true, new Lab(directory));
    client = new OurClient(stage);
    worker = stage.worker();
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  @Test
  void someGeneratedInputHarmsNobody() throws Exception {
    attack(FEW, 4711);
    goodClientsAreServed();
    assertUnharmed();
  }

  @Test
  @Tag("long")
  void tenThousandGeneratedInputsHarmNobodyAndLeaveNothing() throws Exception {
    // What is made once for all, is made before it is counted.
    attack(FEW, 1);
    goodClientsAreServed();
    Vitals before = vitals();
    long seed = System.nanoTime();
    System.out.printf(
        "%d inputs on each label of %s, seed %d%nbefore: %s%n", MANY, PROTOCOLS, seed, before);

    for (int batch = 0; batch < MANY / BATCH; batch++) {
      attack(BATCH, seed + batch);
      assertUnharmed();
      settle(() -> vitals().assertKeepsNoMoreThan(before));
      System.out.printf("after %d: %s%n", (batch + 1) * BATCH, vitals());
    }
    goodClientsAreServed();
    settle(() -> vitals().assertNoMoreThan(before));
    System.out.println("in the end: " + vitals());
  }

  private static void settle(ThrowingRunnable assertion) {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(assertion);
  }

  private static Vitals vitals() throws Exception {
    Path data = stage.lab().workerData();
    return Vitals.of(
        worker.pid(), List.of(data.resolve("uploads"), data.resolve("sleap/incoming")));
  }

  /** So many inputs on each label, at the same time; then the worker answers on each. */
  private static void attack(int inputs, long seed) throws Exception {
    List<StandIn> hostile = new ArrayList<>();
    for (String protocol : PROTOCOLS) {
      ObjectNode options = OldAndOurs.guest(stage, Session.of(stage.session()));
      options.put("generation", "G2").put("protocol", protocol).put("seed", seed);
      options.put("inputs", inputs).put("mount", stage.mount().toString());
      hostile.add(stage.standIns().start("hostile_client", options));
    }
    for (StandIn each : hostile) {
      await()
          .atMost(Duration.ofMinutes(30))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> each.facts("outcome").findAny().isPresent() || each.hasEnded());
      assertThat(each.facts("outcome").map(fact -> fact.get("count").intValue()))
          .as("seed %d, %s", seed, each)
          .containsExactly(inputs);
      assertThat(each.facts("outcome").map(fact -> fact.path("answer").asText()))
          .as("seed %d, %s", seed, each)
          .allMatch(answer -> answer.matches("FS_INFO_RESPONSE::.*|\\{\"types\".*\"track\".*"));
    }
  }

  private static void goodClientsAreServed() throws Exception {
    new AmongOurs(stage, client).run(Deed.TRAIN);
    new AtOurWorker(stage).run(Side.G1, Deed.TRACK);
  }

  private static void assertUnharmed() throws Exception {
    assertThat(worker.isAlive()).as(worker.transcript()).isTrue();
    List<String> logged = new ArrayList<>(worker.out());
    logged.addAll(worker.err());
    try (Stream<Path> files = Files.walk(stage.lab().workerData())) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        logged.addAll(Files.readAllLines(log));
      }
    }
    assertThat(logged)
        .noneMatch(line -> line.matches("\\s+at [\\w.$/]+\\(.*"))
        .noneMatch(line -> line.matches(".*(by a defect|OutOfMemory|hs_err|ERROR).*"));
  }
}
