package org.peerworks.protocol.peerworks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.peerworks.job.api.Job;
import org.peerworks.lib.files.FileTrees;
import org.peerworks.protocol.api.RemoteWorker;
import org.peerworks.transport.api.ChannelListener;

/**
 * Measures a file through the protocol against the bare channel in memory. Run it with a small
 * heap, for example {@code -Xmx128m}; the argument is the size in MiB.
 */
final class TransferMeasurement {

  private static final int MESSAGE = 256 << 10;

  private TransferMeasurement() {}

  public static void main(String[] args) throws IOException {
    long size = Long.parseLong(args.length > 0 ? args[0] : "1024") << 20;
    System.out.printf(Locale.ROOT, "raw channel  %8.1f MB/s%n", raw(size));
    Path directory = Files.createTempDirectory("peerworks-measure");
    try (Rig rig = new Rig(directory)) {
      Path file = directory.resolve("large");
      try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
        sparse.setLength(size);
      }
      MemoryChannel[] ends = MemoryChannel.pair(MESSAGE);
      rig.worker.serve(MemoryPeer.client(ends[1]), ends[1]);
      RemoteWorker worker = rig.connect(ends);
      AtomicLong first = new AtomicLong();
      AtomicLong last = new AtomicLong();
      long begin = System.nanoTime();
      Job job =
          Rig.get(
              worker
                  .jobs()
                  .submit(
                      Rig.copy(Map.of("large", file)),
                      (name, done, total) -> {
                        first.compareAndSet(0, System.nanoTime());
                        last.set(System.nanoTime());
                      }));
      System.out.printf(Locale.ROOT, "hash         %8.1f MB/s%n", rate(size, first.get() - begin));
      System.out.printf(
          Locale.ROOT, "upload       %8.1f MB/s%n", rate(size, last.get() - first.get()));
      begin = System.nanoTime();
      try (ReadableByteChannel output = Rig.get(worker.jobs().openOutput(job.id(), "large", 0))) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE);
        while (output.read(buffer.clear()) >= 0) {
          Thread.onSpinWait();
        }
      }
      System.out.printf(
          Locale.ROOT, "download     %8.1f MB/s%n", rate(size, System.nanoTime() - begin));
      System.out.printf(
          Locale.ROOT,
          "heap limit   %8d MiB, most waiting in the channel %d KiB%n",
          Runtime.getRuntime().maxMemory() >> 20,
          ends[0].mostWaiting() >> 10);
    } finally {
      FileTrees.delete(directory);
    }
  }

  private static double raw(long size) {
    MemoryChannel[] ends = MemoryChannel.pair(MESSAGE);
    CompletableFuture<Void> all = new CompletableFuture<>();
    ends[1].receive(
        new ChannelListener() {
          private long received;

          @Override
          public void onText(String message) {}

          @Override
          public void onBinary(ByteBuffer message) {
            received += message.remaining();
            if (received >= size) {
              all.complete(null);
            }
          }

          @Override
          public void onClosed(String reason) {}
        });
    ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE);
    long begin = System.nanoTime();
    for (long sent = 0; sent < size; sent += MESSAGE) {
      ends[0].send(message).toCompletableFuture().join();
    }
    Rig.get(all);
    ends[0].close();
    return rate(size, System.nanoTime() - begin);
  }

  private static double rate(long bytes, long nanos) {
    return bytes * 1e3 / nanos;
  }
}
