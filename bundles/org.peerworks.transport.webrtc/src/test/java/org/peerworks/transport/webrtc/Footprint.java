package org.peerworks.transport.webrtc;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What this process uses.
 *
 * @param heap bytes in use after a collection
 * @param resident bytes of memory, with all that is native
 * @param threads of the process, native ones too
 * @param handles open file descriptors
 * @param files below the directory for temporary files
 */
record Footprint(long heap, long resident, long threads, long handles, long files) {

  static final String HEAD =
      String.format(
          "%-32s %10s %10s %8s %8s %6s", "", "heap/KiB", "RSS/KiB", "threads", "handles", "files");

  static Footprint now(Path temporary) throws IOException {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return new Footprint(
        runtime.totalMemory() - runtime.freeMemory(),
        residentNow(),
        count(Path.of("/proc/self/task"), false),
        ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getOpenFileDescriptorCount(),
        count(temporary, true));
  }

  private static long residentNow() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }

  private static long count(Path directory, boolean deep) throws IOException {
    try (Stream<Path> found = deep ? Files.walk(directory) : Files.list(directory)) {
      return found.count();
    }
  }

  String row(String name) {
    return String.format(
        Locale.ROOT,
        "%-32s %10d %10d %8d %8d %6d",
        name,
        heap >> 10,
        resident >> 10,
        threads,
        handles,
        files);
  }
}
