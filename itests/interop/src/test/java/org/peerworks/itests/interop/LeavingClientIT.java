package org.peerworks.itests.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.itests.distribution.Lab;

/** Clients whose program is killed, and those who wait for the worker meanwhile. */
@Tag("interop")
class LeavingClientIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path directory;

  private static Stage stage;
  private static Entrance entrance;

  @BeforeAll
  static void open() throws Exception {
    stage = new Stage(true, new Lab(directory));
    entrance = new Entrance(stage);
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  private static ObjectNode training(String labels) {
    return StandIns.options().put("task", "train").put("size", 3000).put("labels", labels);
  }

  /** What it alone waited for ends, and the next one is served (sleap-rtc wire format §5, 9). */
  @Test
  void aKilledClientFreesTheWorker() throws Exception {
    AtOurWorker worker = new AtOurWorker(stage);
    StandIn client = entrance.client(Side.G1, training("fake-slow.slp"), false);
    client.awaitGot("\\s*Epoch 3/.*");
    assertThat(worker.programs(Side.G1)).isNotEmpty();

    client.kill();
    long killed = System.nanoTime();
    await().atMost(PATIENCE).until(() -> worker.programs(Side.G1).isEmpty());
    double gone = seconds(killed);
    StandIn next = entrance.client(Side.G1, training("labels.slp"), false);
    next.awaitGot("TRAIN_JOB_START::.*");

    System.out.printf(
        "After a client was killed, its program was gone in %.1f s and the next one's ran after %.1f s%n",
        gone, seconds(killed));
    assertThat(next.outcome()).as("%s", next).isEqualTo("done");
    assertThat(stage.logsWith("and it has left the room")).isNotEmpty();
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** It gives up after a while without a {@code JOB_…} message (sleap-rtc wire format §2.6). */
  @Test
  void aClientThatWaitsInTheQueueDoesNotGiveUp() throws Exception {
    StandIn first =
        entrance.client(
            Side.G3,
            training("fake-slow.slp").put("cancel_at", "Epoch 150/").put("cancel", "JOB_CANCEL"),
            false);
    first.awaitGot("\\s*Epoch 3/.*");

    StandIn second = entrance.client(Side.G3, training("labels.slp").put("silence", 10), false);
    second.awaitGot("Waiting for the worker, place 1 .*");

    assertThat(first.outcome()).as("%s", first).isEqualTo("failed");
    assertThat(second.outcome()).as("%s", second).isEqualTo("done");
    assertThat(
            second.facts("got").filter(f -> f.get("text").textValue().startsWith("JOB_ACCEPTED")))
        .hasSizeGreaterThan(2);
  }
}
