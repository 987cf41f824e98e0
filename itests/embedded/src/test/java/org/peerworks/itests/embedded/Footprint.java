package org.peerworks.itests.embedded;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a worker takes of its machine.
 *
 * @param heap bytes in use after a collection
 * @param outside bytes of this process that are resident and not of the heap
 * @param threads of this JVM
 * @param handles open file descriptors of this process
 * @param programs processes that were started for jobs
 * @param jobs directories of jobs
 * @param temporary files in directories for temporary ones, and on their way in
 * @param data bytes in the data directory, without the logs of the worker and the framework's cache
 */
record Footprint(
    long heap,
    long outside,
    long threads,
    long handles,
    long programs,
    long jobs,
    long temporary,
    long data) {

  static Footprint of(Path directory) throws IOException {
    long heap = usedHeap();
    long committed = Runtime.getRuntime().totalMemory();
    return new Footprint(
        heap,
        resident() - committed,
        ManagementFactory.getThreadMXBean().getThreadCount(),
        ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getOpenFileDescriptorCount(),
        programs(directory),
        files(directory.resolve("jobs"), 1).size() - 1L,
        files(directory, 99).stream().filter(Footprint::isTemporary).count(),
        files(directory, 99).stream().mapToLong(Footprint::size).sum());
  }

  /** One line for each, as it was before and as it is now. */
  static String table(Footprint before, Footprint after) {
    return "%-34s %12s %12s%n".formatted("", "before", "after")
        + line("heap after a collection, KiB", before.heap >> 10, after.heap >> 10)
        + line("resident outside the heap, KiB", before.outside >> 10, after.outside >> 10)
        + line("threads", before.threads, after.threads)
        + line("file handles", before.handles, after.handles)
        + line("programs", before.programs, after.programs)
        + line("directories of jobs", before.jobs, after.jobs)
        + line("temporary files", before.temporary, after.temporary)
        + line("data directory, KiB", before.data >> 10, after.data >> 10);
  }

  private static String line(String name, long before, long after) {
    return "%-34s %,12d %,12d%n".formatted(name, before, after);
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }

  private static long programs(Path directory) {
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(directory.getParent() + "/"))
        .filter(line -> !line.contains("/failsafe"))
        .count();
  }

  private static boolean isTemporary(Path file) {
    String path = file.toString();
    return Files.isRegularFile(file)
        && (path.contains("/tmp/steps")
            || path.matches(".*/steps/[^/]+/tmp/.*")
            || path.contains("/uploads/")
            || path.endsWith(".tmp"));
  }

  private static long size(Path file) {
    String path = file.toString();
    return path.contains("/framework/") || path.contains("/logs/") ? 0 : file.toFile().length();
  }

  private static List<Path> files(Path directory, int depth) throws IOException {
    try (Stream<Path> all = Files.walk(directory, depth)) {
      return all.filter(file -> !file.toString().contains("/framework/")).toList();
    }
  }
}
