package org.peerworks.files.resolver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.peerworks.files.api.DirectoryListing;
import org.peerworks.files.api.FileResolver;
import org.peerworks.files.api.Search;
import org.peerworks.files.api.SearchListener;
import org.peerworks.files.api.SearchOutcome;
import org.peerworks.files.api.SearchRequest;

/**
 * Searches in a tree and lists a large directory, beside find and fdfind in the same run.
 *
 * <p>Arguments: a directory for the trees, which stay there for the next run; files in the tree;
 * entries of the large directory.
 */
final class FilesBenchmark {

  private static final int ROUNDS = 5;
  private static final int FILES_PER_DIRECTORY = 100;
  private static final int LISTINGS = 50;
  private static final Path DROP = Path.of("/proc/sys/vm/drop_caches");

  private final Path tree;
  private final Path large;
  private final int files;
  private final int entries;
  private final String needle;
  private TestFiles.Settings settings;

  private FilesBenchmark(Path work, int files, int entries) {
    tree = work.resolve("tree-" + files);
    large = work.resolve("large-" + entries);
    this.files = files;
    this.entries = entries;
    needle = "Recording_%07d.slp".formatted(files / 3 * 2);
  }

  public static void main(String[] arguments) throws Exception {
    Path work = Files.createDirectories(Path.of(arguments[0])).toRealPath();
    FilesBenchmark benchmark =
        new FilesBenchmark(work, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    benchmark.make();
    benchmark.run(work);
  }

  private void make() throws IOException {
    Path made = tree.resolveSibling(tree.getFileName() + ".made");
    if (!Files.exists(made)) {
      for (int i = 0; i < files; i++) {
        Path directory =
            tree.resolve("lab_%03d".formatted(i / (FILES_PER_DIRECTORY * 100)))
                .resolve("session_%03d".formatted(i / FILES_PER_DIRECTORY % 100));
        if (i % FILES_PER_DIRECTORY == 0) {
          Files.createDirectories(directory);
        }
        Files.createFile(directory.resolve("Recording_%07d.slp".formatted(i)));
      }
      Files.createFile(made);
    }
    made = large.resolveSibling(large.getFileName() + ".made");
    if (!Files.exists(made)) {
      Files.createDirectories(large);
      for (int i = 0; i < entries; i++) {
        Files.createFile(
            large.resolve(
                (i % 2 == 0 ? "F" : "f") + "rame_%06d.png".formatted(i * 7919L % entries)));
      }
      Files.createFile(made);
    }
  }

  private void run(Path work) throws Exception {
    settings = new TestFiles.Settings();
    settings.lines = new String[] {"tree=" + tree, "large=" + large};
    settings.searchSeconds = 600;
    MountTable table =
        new MountTable(
            work.resolve("data"),
            settings,
            new org.peerworks.lib.account.Places(work, work, Map.of()));
    MountedFileResolver resolver = new MountedFileResolver(table);
    System.out.printf(
        Locale.ROOT,
        "%,d files in %,d directories, and one directory with %,d; heap limited to %d MB%n",
        files,
        files / FILES_PER_DIRECTORY,
        entries,
        Runtime.getRuntime().maxMemory() >> 20);
    AtomicLong peakHeap = new AtomicLong();
    Runtime runtime = Runtime.getRuntime();
    ScheduledFuture<?> sampling =
        table
            .clock()
            .scheduleAtFixedRate(
                () ->
                    peakHeap.accumulateAndGet(
                        runtime.totalMemory() - runtime.freeMemory(), Math::max),
                1,
                5,
                TimeUnit.MILLISECONDS);
    boolean cold = Files.isWritable(DROP);
    double coldRatio = cold ? cold(resolver) : Double.NaN;
    double[] find = new double[ROUNDS];
    double[] fd = new double[ROUNDS];
    double[] ours = new double[ROUNDS];
    AtomicLong firstAnswer = new AtomicLong();
    for (int i = 0; i < ROUNDS; i++) {
      find[i] = program("find", tree.toString(), "-iname", needle);
      fd[i] = fdfind();
      ours[i] = millis(() -> search(resolver, firstAnswer));
    }
    row("search, warm, median of " + ROUNDS, median(find), median(fd), median(ours));
    double[] pages = pages(resolver, cold);
    double beside = beside(resolver, cold);
    sampling.cancel(false);
    long heap = peakHeap.get() >> 20;
    System.out.printf(Locale.ROOT, "first candidate told after %d ms%n", firstAnswer.get());
    System.out.printf(Locale.ROOT, "peak heap: %d MB%n", heap);
    if (cold) {
      bar("find-ratio-cold", coldRatio, 2);
    }
    bar("find-ratio", median(ours) / median(find), 2);
    bar("first-page", pages[0], 100);
    bar("page-5000", pages[1], 100);
    bar("listing-beside-search", beside, 100);
    bar("heap", heap, 100);
    resolver.close();
    table.close();
  }

  private double cold(MountedFileResolver resolver) throws Exception {
    drop();
    double find = program("find", tree.toString(), "-iname", needle);
    drop();
    double fd = fdfind();
    drop();
    double ours = millis(() -> search(resolver, new AtomicLong()));
    row("search, cold, once", find, fd, ours);
    return ours / find;
  }

  private double fdfind() throws Exception {
    return program("fdfind", "-HI", "-i", "-F", needle, tree.toString());
  }

  /** So that the disk, or what is below it, is asked again. */
  private static void drop() throws Exception {
    new ProcessBuilder("sync").start().waitFor();
    Files.writeString(DROP, "3");
  }

  private static void row(String what, double find, double fd, double ours) {
    System.out.printf(
        Locale.ROOT,
        "%-28s find %7.0f ms   fdfind %7.0f ms   Peerworks %7.0f ms   ratio to find %.2f%n",
        what,
        find,
        fd,
        ours,
        ours / find);
  }

  private static void bar(String id, double value, double limit) {
    System.out.printf(
        Locale.ROOT, "bar %s %.2f %.0f %s%n", id, value, limit, value <= limit ? "met" : "missed");
  }

  private Object search(FileResolver resolver, AtomicLong first) {
    long start = System.nanoTime();
    SearchListener listener = best -> first.set((System.nanoTime() - start) / 1_000_000);
    SearchOutcome outcome = TestFiles.get(resolver.resolve(request(), listener).outcome());
    if (!outcome.candidates().get(0).file().name().equals(needle)
        || outcome.seen() < files
        || outcome.timeout()) {
      throw new IllegalStateException("The search has not seen all: " + outcome);
    }
    return outcome;
  }

  /** In the same tree as the others. */
  private SearchRequest request() {
    return new SearchRequest(
        needle, OptionalLong.empty(), OptionalInt.empty(), Optional.of("tree"));
  }

  private double[] pages(MountedFileResolver resolver, boolean cold) throws Exception {
    List<Double> first = new ArrayList<>();
    List<Double> late = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      // A new resolver has seen nothing; the disk has, unless its cache is dropped.
      MountTable table =
          new MountTable(
              large.resolveSibling("data"),
              settings,
              new org.peerworks.lib.account.Places(large, large, Map.of()));
      MountedFileResolver fresh = new MountedFileResolver(table);
      if (cold && i == 0) {
        drop();
      }
      first.add(millis(() -> page(fresh, 0)));
      late.add(millis(() -> page(fresh, entries - 20L)));
      fresh.close();
      table.close();
      MountTable other =
          new MountTable(
              large.resolveSibling("data"),
              settings,
              new org.peerworks.lib.account.Places(large, large, Map.of()));
      MountedFileResolver lateOnly = new MountedFileResolver(other);
      late.add(millis(() -> page(lateOnly, entries - 20L)));
      lateOnly.close();
      other.close();
    }
    System.out.printf(
        Locale.ROOT,
        "first page: %.0f ms at first (%s), then %s ms%n",
        first.get(0),
        cold ? "cold" : "warm",
        rounded(first.subList(1, first.size())));
    System.out.printf(
        Locale.ROOT,
        "page %,d, after the first and without one: %s ms%n",
        entries / 20,
        rounded(late));
    return new double[] {
      median(first.stream().mapToDouble(Double::doubleValue).toArray()),
      late.stream().skip(2).mapToDouble(Double::doubleValue).max().orElseThrow()
    };
  }

  private static List<Long> rounded(List<Double> values) {
    return values.stream().map(Math::round).toList();
  }

  private Object page(FileResolver resolver, long offset) {
    DirectoryListing listing = TestFiles.get(resolver.list(large.toString(), offset, 20));
    if (listing.total() != entries || listing.entries().size() != 20) {
      throw new IllegalStateException("A page is wrong: " + listing);
    }
    return listing;
  }

  /** The slowest of some listings that are asked for while a search runs; before, alone. */
  private double beside(MountedFileResolver resolver, boolean cold) throws Exception {
    List<Double> alone = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      String first = "lab_%03d".formatted(2 * i);
      String second = "lab_%03d".formatted(2 * i + 1);
      if (cold && i == 0) {
        drop();
      } else {
        program("find", tree.resolve(first).toString(), "-size", "+1G");
        program("find", tree.resolve(second).toString(), "-size", "+1G");
      }
      alone.add(slowest(listings(resolver, first)));
      try (Search search = resolver.resolve(request(), SearchListener.NONE)) {
        beside.add(slowest(listings(resolver, second)));
        if (search.outcome().toCompletableFuture().isDone()) {
          throw new IllegalStateException("The search was over before the listings.");
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "slowest of %d listings at once, %s: alone %s ms, while a search runs %s ms%n",
        LISTINGS,
        cold ? "the first time cold" : "warm",
        rounded(alone),
        rounded(beside));
    return beside.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** Asks for the first pages of some directories that were not looked at before, all at once. */
  private List<CompletableFuture<Double>> listings(FileResolver resolver, String lab) {
    List<CompletableFuture<Double>> listings = new ArrayList<>();
    for (int i = 0; i < LISTINGS; i++) {
      long start = System.nanoTime();
      listings.add(
          resolver
              .list(tree + "/%s/session_%03d".formatted(lab, i), 0, 20)
              .toCompletableFuture()
              .thenApply(page -> (System.nanoTime() - start) / 1e6));
    }
    return listings;
  }

  private static double slowest(List<CompletableFuture<Double>> listings) {
    return listings.stream().mapToDouble(TestFiles::get).max().orElseThrow();
  }

  private static double program(String... command) throws Exception {
    return millis(
        () -> {
          Process process =
              new ProcessBuilder(command)
                  .redirectError(ProcessBuilder.Redirect.INHERIT)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start();
          if (process.waitFor() != 0) {
            throw new IllegalStateException(command[0] + " has failed.");
          }
          return process;
        });
  }

  private static double millis(Callable<?> work) throws Exception {
    long start = System.nanoTime();
    work.call();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
