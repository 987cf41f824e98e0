package org.peerworks.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand peers in a hundred rooms that come and go: for ten minutes in the group {@code long},
 * or for {@code -Dpeerworks.load.seconds}.
 */
class ManyPeersTest {

  private static final int ROOMS = 100;
  private static final int PER_ROOM = 10;
  private static final int THREADS = 4;
  private static final long SEED = Long.getLong("peerworks.seed", System.nanoTime());

  private static final Limits ROOMY =
      Tuned.limits(
          Map.of(
              "maxConnectionsPerAddress", 2048,
              "signInsPerMinute", 1_000_000,
              "maxRoomsPerOwner", 1_000,
              "messagesPerSecond", 10_000));

  @TempDir Path data;
  private final LongAdder rejoined = new LongAdder();
  private final LongAdder exchanged = new LongAdder();

  /** A room, and who is in it. */
  private record Crowd(JsonNode room, JsonNode owner, List<RawPeer> peers) {

    String id(int number) {
      return room.get("room_id").textValue() + "-" + number;
    }
  }

  @Test
  void hundredPeersComeAndGo() throws Exception {
    run(ROOMS / 10, Duration.ofSeconds(3));
  }

  @Test
  @Tag("long")
  void aThousandPeersComeAndGoForTenMinutes() throws Exception {
    run(ROOMS, Duration.ofSeconds(Long.getLong("peerworks.load.seconds", 600)));
  }

  private void run(int rooms, Duration duration) throws Exception {
    try (Meeting meeting = Meeting.start(data, ROOMY, Pace.DEFAULT)) {
      List<Crowd> crowds = new ArrayList<>();
      for (int i = 0; i < rooms; i++) {
        crowds.add(crowd(meeting));
      }
      assertThat(metrics(meeting)).contains("\"peers\":" + rooms * PER_ROOM);
      keepMoving(meeting, crowds, duration.dividedBy(10)); // what is loaded on the way is no leak
      long heap = heap();
      long handles = handles();
      keepMoving(meeting, crowds, duration);
      System.out.printf(
          "%d peers, %d times left and came back, %d offers answered, -Dpeerworks.seed=%d%n",
          rooms * PER_ROOM, rejoined.sum(), exchanged.sum(), SEED);
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> metrics(meeting).contains("\"connections\":" + rooms * PER_ROOM + ","));
      assertThat(metrics(meeting)).contains("\"peers\":" + rooms * PER_ROOM);
      assertThat(handles()).isLessThanOrEqualTo(handles + 10);
      assertThat(heap()).isLessThanOrEqualTo(heap + (32 << 20));
      for (Crowd crowd : crowds) {
        assertThat(present(crowd)).hasSize(PER_ROOM - 1).allMatch(id -> belongs(id, crowd));
        crowd.peers().forEach(RawPeer::close);
      }
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> metrics(meeting).contains("\"connections\":0,"));
      assertThat(metrics(meeting)).contains("\"peers\":0");
    }
  }

  /** Each thread has some of the rooms to itself. */
  private void keepMoving(Meeting meeting, List<Crowd> crowds, Duration duration) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> moving = new ArrayList<>();
      long end = System.nanoTime() + duration.toNanos();
      for (int i = 0; i < THREADS; i++) {
        int own = i;
        moving.add(threads.submit(() -> move(meeting, crowds, own, end), null));
      }
      for (Future<?> each : moving) {
        each.get(duration.toSeconds() + 120, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void move(Meeting meeting, List<Crowd> crowds, int own, long end) {
    Random random = new Random(SEED + own);
    try {
      do {
        int which = own + THREADS * random.nextInt((crowds.size() - own + THREADS - 1) / THREADS);
        Crowd crowd = crowds.get(which);
        switch (random.nextInt(4)) {
          case 0 -> leaveAndReturn(meeting, crowd, random);
          case 1 -> takeOver(meeting, crowd, random.nextInt(PER_ROOM));
          case 2 -> assertThat(present(crowd)).allMatch(id -> belongs(id, crowd));
          default -> exchange(crowd, random);
        }
      } while (System.nanoTime() < end);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void leaveAndReturn(Meeting meeting, Crowd crowd, Random random) throws Exception {
    int number = random.nextInt(PER_ROOM);
    crowd.peers().get(number).close();
    crowd.peers().set(number, enter(meeting, crowd, number));
    rejoined.increment();
  }

  private void takeOver(Meeting meeting, Crowd crowd, int number) throws Exception {
    RawPeer before = crowd.peers().get(number);
    crowd.peers().set(number, enter(meeting, crowd, number));
    assertThat(before.closeCode()).isEqualTo(4001);
    rejoined.increment();
  }

  private void exchange(Crowd crowd, Random random) throws Exception {
    int from = random.nextInt(PER_ROOM);
    int to = (from + 1 + random.nextInt(PER_ROOM - 1)) % PER_ROOM;
    signal("offer", crowd, from, to);
    signal("answer", crowd, to, from);
    exchanged.increment();
  }

  /** Whatever comes there is from somebody of the same room. */
  private static void signal(String type, Crowd crowd, int from, int to) throws Exception {
    crowd
        .peers()
        .get(from)
        .send(
            "{\"type\":\"%s\",\"sender\":\"%s\",\"target\":\"%s\",\"sdp\":\"%s\"}"
                .formatted(type, crowd.id(from), crowd.id(to), crowd.id(0)));
    JsonNode arrived = crowd.peers().get(to).next(type);
    assertThat(arrived.path("sdp").textValue()).isEqualTo(crowd.id(0));
    assertThat(arrived.path("sender").textValue()).isEqualTo(crowd.id(from));
  }

  /** Whom the first peer sees. */
  private static List<String> present(Crowd crowd) throws Exception {
    RawPeer peer = crowd.peers().get(0);
    peer.send("{\"type\":\"discover_peers\",\"filters\":{}}");
    return peer.next("peer_list").path("peers").findValuesAsText("peer_id");
  }

  private static boolean belongs(String peerId, Crowd crowd) {
    return peerId.startsWith(crowd.room().get("room_id").textValue() + "-");
  }

  private Crowd crowd(Meeting meeting) throws Exception {
    JsonNode owner = meeting.signIn();
    JsonNode room =
        RawPeer.json(meeting.call("POST", "/create-room", Meeting.token(owner), "").body());
    Crowd crowd = new Crowd(room, owner, new ArrayList<>());
    for (int i = 0; i < PER_ROOM; i++) {
      crowd.peers().add(enter(meeting, crowd, i));
    }
    return crowd;
  }

  private static RawPeer enter(Meeting meeting, Crowd crowd, int number) throws Exception {
    RawPeer peer = RawPeer.connect(meeting.server.address().webSocket());
    peer.send(
        Meeting.register(
            crowd.id(number),
            Meeting.token(crowd.owner()),
            crowd.room().get("room_id").textValue(),
            crowd.room().get("token").textValue(),
            number == 0 ? ",\"role\":\"worker\"" : ",\"role\":\"client\""));
    JsonNode registered = peer.next("registered_auth");
    registered.path("peer_list").forEach(id -> assertThat(belongs(id.asText(), crowd)).isTrue());
    return peer;
  }

  private static String metrics(Meeting meeting) throws Exception {
    return meeting.call("GET", "/metrics", "", "").body();
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
