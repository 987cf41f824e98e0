package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;

/** Many messages and connections leave nothing behind: memory, threads, handles, files. */
@Tag("long")
class SoakTest {

  private static final long MIB = 1 << 20;

  @TempDir Path directory;

  @Test
  void aMillionMessagesAndFiveHundredConnectionsLeaveEverythingWhereItWas() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Process process =
        new ProcessBuilder(
                List.of(
                    Remote.java(),
                    "-Xms256m",
                    "-Xmx256m",
                    "-XX:+AlwaysPreTouch",
                    "-XX:+UseSerialGC",
                    "-Djava.io.tmpdir=" + temporary,
                    "-cp",
                    System.getProperty("java.class.path"),
                    Soak.class.getName(),
                    temporary.toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    System.out.println(output);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("Everything is where it was.");
  }

  /** The process that is looked at: both peers, so that both sides count. */
  static final class Soak {

    private static final int CONNECTIONS = 500;
    private static final int MESSAGES = 1_000_000;

    /** Until compiled code and the caches of the memory allocator have their size. */
    private static final int WARM_UP = 300;

    private static final long SECONDS = 120;

    private Soak() {}

    public static void main(String[] args) throws Exception {
      Path temporary = Path.of(args[0]);
      boolean same;
      // The messages of one count, and those that keep the connection alive, fit into one
      // connection.
      Settings settings = Tuned.settings().with("maxMessagesReceived", 2 * MESSAGES).get();
      try (Pair pair = new Pair(temporary, settings, settings)) {
        connections(pair, WARM_UP);
        messages(pair, MESSAGES / 10);
        System.out.println(Footprint.HEAD);
        Footprint before = settled(temporary, null);
        System.out.println(before.row("before"));
        connections(pair, CONNECTIONS);
        Footprint connected = settled(temporary, before);
        System.out.println(connected.row("after " + CONNECTIONS + " connections"));
        messages(pair, MESSAGES);
        Footprint after = settled(temporary, before);
        System.out.println(after.row("after " + MESSAGES + " messages"));
        messages(pair, MESSAGES);
        Footprint again = settled(temporary, before);
        System.out.println(again.row("after as many again"));
        same =
            isBack(before, connected)
                && isBack(before, after)
                && isBack(before, again)
                && again.resident() <= after.resident() + 16 * MIB;
      }
      System.out.println(same ? "Everything is where it was." : "Something is left.");
      System.exit(same ? 0 : 1);
    }

    /** What ends in the background has a while to do so. */
    private static Footprint settled(Path temporary, Footprint before) throws Exception {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(70);
      Footprint now = Footprint.now(temporary);
      while ((before == null ? now.threads() > 40 : !isBack(before, now))
          && System.nanoTime() < end) {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        now = Footprint.now(temporary);
      }
      return now;
    }

    private static boolean isBack(Footprint before, Footprint now) {
      return now.heap() <= before.heap() + 4 * MIB
          && now.resident() <= before.resident() + 64 * MIB
          && now.threads() <= before.threads() + 2
          && now.handles() <= before.handles() + 2
          && now.files() == before.files();
    }

    private static void connections(Pair pair, int count) throws Exception {
      for (int i = 0; i < count; i++) {
        // Connects like a new client each time, for one may not offer so often.
        MemoryRoom room = new MemoryRoom(pair.members, "client-" + i);
        Peer client = Pair.get(pair.client.connect(room, "worker"));
        Channel here = Pair.open(client, "data");
        Channel there = pair.arrived();
        CountDownLatch heard = new CountDownLatch(1);
        there.receive(new Counting(heard));
        Pair.get(here.send("x"));
        await(heard);
        Peer worker = pair.accepted();
        (i % 2 == 0 ? client : worker).close();
        Pair.get(client.closed());
        Pair.get(worker.closed());
        room.close();
      }
    }

    private static void messages(Pair pair, int count) throws Exception {
      Peer client = pair.connect();
      Channel here = Pair.open(client, "data");
      CountDownLatch heard = new CountDownLatch(count);
      pair.arrived().receive(new Counting(heard));
      Semaphore free = new Semaphore(1_000);
      for (int i = 0; i < count; i++) {
        free.acquire();
        here.send("message " + i).whenComplete((sent, failure) -> free.release());
      }
      await(heard);
      Peer worker = pair.accepted();
      client.close();
      Pair.get(client.closed());
      Pair.get(worker.closed());
    }

    private static void await(CountDownLatch latch) throws Exception {
      if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(latch.getCount() + " messages did not arrive");
      }
    }
  }

  private static final class Counting extends Collected {
    private final CountDownLatch heard;

    Counting(CountDownLatch heard) {
      this.heard = heard;
    }

    @Override
    public void onText(String message) {
      heard.countDown();
    }
  }
}
