package org.peerworks.itests.distribution;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.peerworks.job.api.JobRequest;
import org.peerworks.lib.files.Hashes;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.protocol.peerworks.internal.ClientLimits;
import org.peerworks.protocol.peerworks.internal.Engine;
import org.peerworks.protocol.peerworks.internal.ReconnectLimits;
import org.peerworks.protocol.peerworks.internal.SessionLimits;
import org.peerworks.protocol.peerworks.internal.Settings;
import org.peerworks.protocol.peerworks.internal.transfer.UploadLimits;
import org.peerworks.protocol.peerworks.internal.wire.LinkLimits;
import org.peerworks.signaling.api.ServerAddress;
import org.peerworks.transport.api.Peer;

/**
 * How long a package takes from the client's file to the worker's disk, hashes and all: hashed
 * before it is sent, and hashed while it is sent. The worker then refuses it, as it has no such job
 * type, and deletes it.
 */
final class PackageBenchmark {

  private PackageBenchmark() {}

  /** Arguments: the server's addresses, session string, a directory, MiB, rounds. */
  public static void main(String[] args) throws Exception {
    ServerAddress server = new ServerAddress(URI.create(args[0]), URI.create(args[1]));
    Path directory = Path.of(args[3]);
    long size = Long.parseLong(args[4]) << 20;
    int rounds = Integer.parseInt(args[5]);
    Path file = directory.resolve("package");
    fill(file, size);
    List<Double> hash = new ArrayList<>();
    List<Double> before = new ArrayList<>();
    List<Double> during = new ArrayList<>();
    List<Double> first = new ArrayList<>();
    try (Radio radio = new Radio(directory.resolve("native"), server, args[2])) {
      for (int round = 0; round < rounds; round++) {
        long begin = System.nanoTime();
        Hashes.sha256(file);
        hash.add(seconds(begin, System.nanoTime()));
        before.add(upload(radio, directory, file, Long.MAX_VALUE, new AtomicLong()));
        AtomicLong firstByte = new AtomicLong();
        during.add(upload(radio, directory, file, Settings.HASH_FIRST, firstByte));
        first.add(firstByte.get() / 1e9);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "a package of %d MiB over loopback, two processes, medians of %d rounds%n",
        size >> 20,
        rounds);
    row("hash alone", hash, size);
    row("hashed, then sent", before, size);
    row("hashed while sent", during, size);
    System.out.printf(Locale.ROOT, "  %-20s %8.3f s%n", "  first offset after", median(first));
    System.out.printf(
        Locale.ROOT, "  the second in parts of the first: %.2f%n", median(during) / median(before));
    System.out.flush();
    // The native library prints while the process exits.
    Runtime.getRuntime().halt(0);
  }

  private static void fill(Path file, long size) throws IOException {
    byte[] block = new byte[1 << 20];
    new Random(7).nextBytes(block);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long at = 0; at < size; at += block.length) {
        block[0]++;
        out.write(block);
      }
    }
  }

  /**
   * @param hashFirst up to which size a file is hashed before it is sent
   * @param firstByte set to the nanoseconds until the worker said where to begin
   * @return seconds
   */
  private static double upload(
      Radio radio, Path directory, Path file, long hashFirst, AtomicLong firstByte)
      throws Exception {
    Settings settings =
        new Settings(
            "benchmark",
            "benchmark",
            Set.of(),
            LinkLimits.DEFAULT,
            UploadLimits.DEFAULT,
            ClientLimits.DEFAULT,
            SessionLimits.DEFAULT,
            hashFirst,
            4 << 20,
            ReconnectLimits.within(Duration.ZERO));
    try (Engine engine = new Engine(directory.resolve("client"), settings, () -> null)) {
      Peer peer = radio.connect();
      RemoteWorker worker =
          Radio.get(
              engine.connect(
                  peer,
                  Radio.get(
                      peer.open("peerworks", org.peerworks.transport.api.ChannelOptions.DEFAULT))));
      JobRequest request =
          new JobRequest(
              "none",
              "{}",
              Map.of("package", file),
              5,
              UUID.randomUUID().toString(),
              Duration.ZERO);
      long begin = System.nanoTime();
      AtomicLong end = new AtomicLong();
      try {
        worker
            .jobs()
            .submit(
                request,
                (name, done, total) -> {
                  firstByte.compareAndSet(0, System.nanoTime() - begin);
                  if (done == total) {
                    end.set(System.nanoTime());
                  }
                })
            .toCompletableFuture()
            .get(600, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (!e.getMessage().contains("'none'")) {
          throw e;
        }
      }
      peer.close();
      return seconds(begin, end.get());
    }
  }

  private static double seconds(long from, long to) {
    return (to - from) / 1e9;
  }

  private static void row(String name, List<Double> seconds, long size) {
    double median = median(seconds);
    System.out.printf(
        Locale.ROOT, "  %-20s %8.3f s %8.1f MB/s%n", name, median, size / 1e6 / median);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
