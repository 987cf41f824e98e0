package org.peerworks.transport.webrtc;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.peerworks.transport.api.Channel;
import org.peerworks.transport.api.Peer;

/**
 * How fast a channel is, against webrtc-java with nothing around it. Two processes, one connection
 * each time, all settings in turn, round by round.
 */
final class TransferBenchmark {

  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;
  private static final int IN_FLIGHT = 16;

  /** Of the configuration, where nobody has changed it. */
  private static final int DEFAULT_HIGH_WATER = MIB;

  private record Setting(boolean raw, int size, int highWater) {

    double seconds(Path directory, long bytes) throws Exception {
      return raw
          ? RawPeer.send(directory, bytes, size, highWater)
          : sendOverChannel(directory, bytes, size, highWater);
    }

    String shown(double megabytes) {
      return String.format(
          Locale.ROOT,
          "  %-12s %10d %12d %8.1f",
          raw ? "webrtc-java" : "channel",
          size / KIB,
          highWater / KIB,
          megabytes);
    }
  }

  private TransferBenchmark() {}

  /** Arguments: a directory for temporary files, MiB for each transfer, rounds. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    long bytes = Long.parseLong(args[1]) * MIB;
    int rounds = Integer.parseInt(args[2]);
    Map<Setting, List<Double>> results = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Setting setting : settings()) {
        double rate = bytes / 1e6 / setting.seconds(directory, bytes);
        results.computeIfAbsent(setting, s -> new ArrayList<>()).add(rate);
      }
    }
    report(bytes, rounds, results);
    System.out.flush();
    // The native library prints while the process exits, and nothing of the bare connections was
    // disposed of.
    System.out.close();
    Runtime.getRuntime().halt(0);
  }

  private static List<Setting> settings() {
    List<Setting> all = new ArrayList<>();
    for (int size : new int[] {64 * KIB, 128 * KIB, 256 * KIB}) {
      for (int highWater : new int[] {MIB, 4 * MIB, 8 * MIB}) {
        all.add(new Setting(true, size, highWater));
      }
      all.add(new Setting(false, size, DEFAULT_HIGH_WATER));
    }
    all.add(new Setting(false, 256 * KIB, 4 * MIB));
    return all;
  }

  private static void report(long bytes, int rounds, Map<Setting, List<Double>> results) {
    System.out.printf(
        "%d MiB in one direction over loopback, two processes, medians of %d rounds; 'channel' is org.peerworks.transport.api.Channel%n",
        bytes / MIB, rounds);
    System.out.println("               message/KiB  buffered/KiB     MB/s");
    double raw = 0;
    double ours = 0;
    for (Map.Entry<Setting, List<Double>> result : results.entrySet()) {
      double median = result.getValue().stream().sorted().toList().get(rounds / 2);
      Setting setting = result.getKey();
      System.out.println(setting.shown(median));
      if (setting.raw()) {
        raw = Math.max(raw, median);
      } else if (setting.highWater() == DEFAULT_HIGH_WATER) {
        ours = Math.max(ours, median);
      }
    }
    double ratio = ours / raw;
    System.out.println(
        "The bar compares the channel as it is configured by default with the best of webrtc-java; the channel alone, not the protocol above it.");
    System.out.printf(
        Locale.ROOT, "bar transfer-vs-raw %.2f 0.8 %s%n", ratio, ratio >= 0.8 ? "met" : "missed");
  }

  private static double sendOverChannel(Path directory, long bytes, int size, long highWater)
      throws Exception {
    Map<String, MemoryRoom> members = new ConcurrentHashMap<>();
    Settings settings = Tuned.settings().with("highWaterBytes", (int) highWater).get();
    WebRtcTransport transport = new WebRtcTransport(settings, Pair.library(directory));
    try (Remote remote = new Remote(members, directory, Remote.class, Long.toString(bytes))) {
      Peer peer = Pair.get(transport.connect(new MemoryRoom(members, "client"), "worker"));
      Channel channel = Pair.open(peer, "data");
      CompletableFuture<Void> done = new CompletableFuture<>();
      channel.receive(
          new Collected() {
            @Override
            public void onText(String message) {
              done.complete(null);
            }

            @Override
            public void onClosed(String reason) {
              done.completeExceptionally(Failures.of(reason));
            }
          });
      byte[] message = new byte[size];
      Semaphore free = new Semaphore(IN_FLIGHT);
      long start = System.nanoTime();
      for (long sent = 0; sent < bytes; sent += size) {
        free.acquire();
        channel.send(ByteBuffer.wrap(message)).whenComplete((v, failure) -> free.release());
      }
      done.get(120, TimeUnit.SECONDS);
      double seconds = (System.nanoTime() - start) / 1e9;
      remote.kill();
      return seconds;
    } finally {
      transport.close();
    }
  }
}
