package org.peerworks.transport.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.signaling.api.Signal;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.TransportException;

/** Descriptions and candidates of a hostile peer, at our reader and at the native library. */
class HostileSdpTest {

  private static final long SEED = Long.getLong("peerworks.seed", System.nanoTime());
  private static final String SURVIVED = "A good client is served after ";

  @TempDir Path directory;

  @Test
  void tenThousandSpoiledDescriptionsAreReadOrRefused() throws Exception {
    System.out.println("10000 hostile descriptions, -Dpeerworks.seed=" + SEED);
    HostileSdp hostile = new HostileSdp(new Random(SEED));
    String good;
    try (Pair pair = new Pair(directory)) {
      good = offer(pair);
    }
    int read = 0;
    for (int i = 0; i < 10_000; i++) {
      String spoiled = hostile.spoiled(good);
      try {
        Sdp sdp = Sdp.received(spoiled);
        assertThat(sdp.maxMessageSize()).isBetween(Sdp.SMALLEST_MESSAGE, Sdp.LARGEST_MESSAGE);
        assertThat(sdp.fingerprint()).isPresent();
        read++;
      } catch (TransportException refused) {
        assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(300);
      }
    }
    assertThat(read).isBetween(1_000, 9_999);
  }

  @Test
  void spoiledOffersAndCandidatesLeaveTheProcessAliveAndServing() throws Exception {
    assertSurvives(50);
  }

  @Test
  @Tag("long")
  void manySpoiledOffersAndCandidatesLeaveTheProcessAliveAndServing() throws Exception {
    assertSurvives(3_000);
  }

  private void assertSurvives(int offers) throws Exception {
    Process process =
        new ProcessBuilder(
                Remote.java(),
                "-Xmx512m",
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-cp",
                System.getProperty("java.class.path"),
                Target.class.getName(),
                directory.toString(),
                Long.toString(SEED),
                Integer.toString(offers))
            .directory(directory.toFile()) // a crash leaves its report there
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String end = output.substring(Math.max(0, output.length() - 4_000));
    assertThat(process.waitFor()).as("seed %d: %s", SEED, end).isZero();
    assertThat(output).contains(SURVIVED + offers);
  }

  /** What a client would offer. */
  private static String offer(Pair pair) throws Exception {
    CompletableFuture<String> offer = new CompletableFuture<>();
    MemoryRoom room = new MemoryRoom(pair.members, "example");
    room.alter(
        signal -> {
          offer.complete(((Signal.Offer) signal).sdp());
          return null;
        });
    CompletionStage<?> attempt = pair.client.connect(room, "worker");
    String sdp = Pair.get(offer);
    room.close();
    attempt.exceptionally(failure -> null);
    return sdp;
  }

  /** The process that is attacked; its own clients are the attackers. */
  static final class Target {
    private Target() {}

    public static void main(String[] args) throws Exception {
      Random random = new Random(Long.parseLong(args[1]));
      HostileSdp hostile = new HostileSdp(random);
      int offers = Integer.parseInt(args[2]);
      int answers = 0;
      try (Pair pair = new Pair(Path.of(args[0]))) {
        String good = offer(pair);
        for (int i = 0; i < offers; i++) {
          answers += attack(pair, "hostile-" + i, hostile, good, random);
        }
        Channel channel = Pair.open(pair.connect(), "good");
        Collected received = new Collected();
        pair.arrived().receive(received);
        Pair.get(channel.send("hello"));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (received.texts.isEmpty() && System.nanoTime() < end) {
          Thread.onSpinWait();
        }
        if (!received.texts.equals(List.of("hello"))) {
          throw new IllegalStateException("The good client was not served");
        }
      }
      System.out.println(answers + " of them were answered.");
      System.out.println(SURVIVED + offers);
      System.out.flush();
      Runtime.getRuntime().halt(0);
    }

    /** Answers 1 if the offer was answered. */
    private static int attack(Pair pair, String id, HostileSdp hostile, String good, Random random)
        throws Exception {
      CompletableFuture<Integer> answered = new CompletableFuture<>();
      MemoryRoom room =
          new MemoryRoom(pair.members, id) {
            @Override
            void receive(Signal signal) {
              answered.complete(1);
            }
          };
      room.send(new Signal.Offer("worker", hostile.spoiled(good)));
      // What the native library refuses it takes for a format.
      room.send(new Signal.Candidate("worker", "candidate:%n%n%n%s", "%n%s", 0));
      for (int candidates = random.nextInt(4); candidates > 0; candidates--) {
        room.send(hostile.candidate("worker"));
      }
      // Most are never answered, so this is a pause in which the native library is busy.
      int result = answered.completeOnTimeout(0, 100, TimeUnit.MILLISECONDS).get();
      for (int candidates = random.nextInt(4); candidates > 0; candidates--) {
        room.send(hostile.candidate("worker"));
      }
      if (random.nextBoolean()) {
        room.send(new Signal.Quit("worker"));
      }
      room.close();
      return result;
    }
  }
}
