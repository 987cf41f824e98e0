package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generated inputs, at sockets with and without a name, and as calls. */
class HostileInputTest {

  private static final int FEW = 1_500;
  private static final int MANY = 10_000;
  private static final int BATCH = 500;
  private static final long SEED = Long.getLong("peerworks.seed", System.nanoTime());

  private static final Limits PATIENT =
      Tuned.limits(
          Map.of(
              "messagesPerSecond", 10_000,
              "signInsPerMinute", 1_000_000,
              "maxConnectionsPerAddress", 2_048));

  @TempDir Path data;

  private final Random random = new Random(SEED);
  private final HostileInputs inputs = new HostileInputs(random);
  private JsonNode hostile;
  private RawSocket named;

  @Test
  void noneOfSomeHostileInputsHarmsTheServerOrItsGoodPeers() throws Exception {
    attack(FEW);
  }

  @Test
  @Tag("long")
  void noneOfTenThousandHostileInputsHarmsTheServerOrItsGoodPeers() throws Exception {
    attack(MANY);
  }

  private void attack(int most) throws Exception {
    System.out.printf(
        "%,d hostile inputs at the signalling server, -Dpeerworks.seed=%d%n", most, SEED);
    try (Meeting meeting = Meeting.start(data, PATIENT, Pace.DEFAULT)) {
      hostile = meeting.signIn();
      RawPeer good = meeting.join("good", "");
      batch(meeting); // what is loaded and compiled on the way is no leak
      settle(meeting);
      long handles = handles();
      long heap = heap();
      for (int done = BATCH; done < most; done += BATCH) {
        batch(meeting);
        good.send("{\"type\":\"discover_peers\"}");
        assertThat(good.next("peer_list").path("peers")).isNotNull();
        assertThat(good.isClosed()).isFalse();
      }
      settle(meeting);
      assertThat(handles()).isLessThanOrEqualTo(handles + 5);
      assertThat(heap()).isLessThanOrEqualTo(heap + (16 << 20));
      assertThat(meeting.join("late", "").fence().path("type").asText()).isEqualTo("peer_list");
      assertThat(meeting.call("GET", "/health", "", "").statusCode()).isEqualTo(200);
    }
  }

  private void batch(Meeting meeting) throws Exception {
    URI server = meeting.server.address().webSocket();
    for (int i = 0; i < BATCH; i++) {
      int kind = random.nextInt(10);
      if (kind < 6) {
        atSocketWithName(meeting, i);
      } else if (kind < 8) {
        once(
            new RawSocket(server).upgrade(),
            random.nextBoolean() ? inputs.frames() : inputs.unfinished());
      } else {
        once(new RawSocket(kind == 8 ? server : meeting.server.address().http()), inputs.call());
      }
    }
  }

  /** Stays connected for as long as the server lets it. */
  private void atSocketWithName(Meeting meeting, int number) throws Exception {
    if (named == null) {
      named = new RawSocket(meeting.server.address().webSocket()).upgrade();
      named.send(RawSocket.text(meeting.register("hostile", hostile)));
    }
    byte[] mark = ByteBuffer.allocate(4).putInt(number).array();
    boolean open;
    try {
      named.send(inputs.frames());
      open = named.answers(mark);
    } catch (SocketException e) {
      open = false;
    }
    if (!open) {
      named.close();
      named = null;
    }
  }

  private static void once(RawSocket socket, byte[] input) throws IOException {
    try (socket) {
      socket.send(input);
      socket.drain(1);
    } catch (SocketException e) {
      // The server would not listen to the end.
    }
  }

  private void settle(Meeting meeting) throws Exception {
    if (named != null) {
      named.close();
      named = null;
    }
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> meeting.call("GET", "/metrics", "", "").body().contains("\"connections\":1,"));
  }

  private static long handles() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
