package org.peerworks.health.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevisions;
import org.peerworks.health.api.MetricSource;
import org.peerworks.health.api.Metrics;
import org.peerworks.health.check.SystemFiles;

/** Figures of the process and of the disk of its data. Loads its classes at first use only. */
final class ProcessFigures implements MetricSource {

  private final BundleContext context;
  private final Path data;
  private final SystemFiles system = new SystemFiles();

  ProcessFigures(BundleContext context, Path data) {
    this.context = context;
    this.data = data;
  }

  @Override
  public void measure(Metrics to) {
    heap(to);
    to.gauge(
        "peerworks_threads",
        "Live threads of the worker's process.",
        ManagementFactory.getThreadMXBean().getThreadCount());
    to.gauge(
        "peerworks_classes_loaded",
        "Classes that are loaded.",
        ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
    to.gauge(
        "peerworks_uptime_seconds",
        "Time since the worker's process was started.",
        ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
    bundles(to);
    try {
      system(to);
      disk(to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void heap(Metrics to) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    String help = "Heap of the worker's virtual machine, garbage included.";
    to.gauge("peerworks_heap_bytes", help, heap.getUsed(), "state", "used");
    to.gauge("peerworks_heap_bytes", help, heap.getCommitted(), "state", "committed");
    to.gauge("peerworks_heap_max_bytes", "Most heap that it may have.", heap.getMax());
  }

  private void bundles(Metrics to) {
    Bundle[] all = context.getBundles();
    long loaders = 0;
    for (Bundle bundle : all) {
      BundleRevisions revisions = bundle.adapt(BundleRevisions.class);
      loaders += revisions == null ? 0 : revisions.getRevisions().size();
    }
    to.gauge("peerworks_bundles", "Installed bundles.", all.length);
    to.gauge(
        "peerworks_class_loaders",
        "Versions of bundles that are in use, each with a class loader: one for each bundle unless"
            + " old ones are kept alive.",
        loaders);
  }

  private void system(Metrics to) throws IOException {
    system
        .resident()
        .ifPresent(
            bytes ->
                to.gauge(
                    "peerworks_resident_memory_bytes",
                    "Memory of the worker's process that is resident, native memory included.",
                    bytes));
    system
        .open()
        .ifPresent(
            open -> to.gauge("peerworks_open_files", "Open files, sockets and pipes.", open));
    system
        .mostOpen()
        .ifPresent(
            most -> to.gauge("peerworks_open_files_max", "How many of them there may be.", most));
  }

  private void disk(Metrics to) throws IOException {
    FileStore disk = Files.getFileStore(data);
    to.gauge(
        "peerworks_disk_free_bytes",
        "Room on the disk of the data directory.",
        disk.getUsableSpace());
    to.gauge(
        "peerworks_disk_size_bytes",
        "Size of the disk of the data directory.",
        disk.getTotalSpace());
  }
}
