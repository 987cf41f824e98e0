package org.peerworks.transport.webrtc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How fast a package goes from a client to a worker, against webrtc-java with nothing around it and
 * against aiortc. Two processes, one connection each time. First each of the others looks for its
 * best settings; then all take turns, round by round, so that what else the machine does hits all
 * of them.
 */
final class TransferBenchmark {

  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;

  /** Below it the machine was busy, or is too slow to tell anything (MB/s). */
  private static final double LEAST_RAW = 40;

  /** aiortc is slow: the same time, not the same bytes. */
  private static final int AIORTC_SHARE = 16;

  private static final int FINALISTS = 2;

  /** One thing that is measured. */
  private interface Transfer {
    Spent send() throws Exception;
  }

  private record Row(
      String name, long bytes, Transfer transfer, List<Double> rates, List<Double> costs) {
    Row(String name, long bytes, Transfer transfer) {
      this(name, bytes, transfer, new ArrayList<>(), new ArrayList<>());
    }

    void run() throws Exception {
      Spent spent = transfer.send();
      rates.add(bytes / 1e6 / spent.seconds());
      costs.add(spent.cpuSeconds() / (bytes / 1e9));
    }

    double median() {
      return median(rates);
    }

    private static double median(List<Double> values) {
      return values.stream().sorted().toList().get(values.size() / 2);
    }

    double best() {
      return rates.stream().max(Comparator.naturalOrder()).orElseThrow();
    }

    void clear() {
      rates.clear();
      costs.clear();
    }

    void print() {
      List<Double> sorted = rates.stream().sorted().toList();
      System.out.printf(
          Locale.ROOT,
          "  %-44s %7.1f %7.1f %7.1f %5d %9s%n",
          name,
          sorted.get(0),
          median(),
          sorted.get(sorted.size() - 1),
          rates.size(),
          Double.isNaN(median(costs)) ? "-" : String.format(Locale.ROOT, "%.1f", median(costs)));
    }
  }

  private TransferBenchmark() {}

  /**
   * Arguments: an unpacked worker archive, a directory for temporary files, the program for aiortc,
   * MiB for each transfer, rounds.
   */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[1]);
    Path aiortc = Path.of(args[2]);
    long bytes = Long.parseLong(args[3]) * MIB;
    int rounds = Integer.parseInt(args[4]);
    try (PackageTransfer packages = new PackageTransfer(Path.of(args[0]), directory)) {
      measure(directory, aiortc, bytes, rounds, packages);
    }
    System.out.flush();
    // The native library prints while the process exits, and nothing of the bare connections was
    // disposed of.
    System.out.close();
    Runtime.getRuntime().halt(0);
  }

  private static void measure(
      Path directory, Path aiortc, long bytes, int rounds, PackageTransfer packages)
      throws Exception {
    List<Row> raw = best(raw(directory, bytes));
    List<Row> python = best(python(aiortc, bytes / AIORTC_SHARE)).subList(0, 1);
    List<Row> ours = ours(directory, bytes, packages);
    List<Row> all = new ArrayList<>(raw);
    all.addAll(python);
    all.addAll(ours);
    all.forEach(row -> row.clear());
    for (int round = 0; round < rounds; round++) {
      for (Row row : all) {
        row.run();
      }
    }
    System.out.printf("Taking turns, %d rounds:%n", rounds);
    head();
    all.forEach(Row::print);
    double baseline = raw.stream().mapToDouble(Row::median).max().orElseThrow();
    double rate = ours.get(0).median();
    boolean idle = baseline >= LEAST_RAW;
    if (!idle) {
      System.out.printf(
          Locale.ROOT,
          "Void: webrtc-java itself reached %.1f MB/s, less than %.0f. Run it on an idle machine.%n",
          baseline,
          LEAST_RAW);
    }
    bar("transfer-vs-raw", rate / baseline, 0.8, idle);
    bar("transfer-vs-aiortc", rate / python.get(0).median(), 8, idle);
  }

  private static List<Row> raw(Path directory, long bytes) {
    List<Row> rows = new ArrayList<>();
    for (int size : new int[] {64 * KIB, 128 * KIB, 256 * KIB}) {
      for (int highWater : new int[] {MIB, 4 * MIB, 8 * MIB}) {
        rows.add(
            new Row(
                String.format(
                    "webrtc-java, %3d KiB messages, %d MiB buffered", size / KIB, highWater / MIB),
                bytes,
                () -> RawPeer.send(directory, bytes, size, highWater)));
      }
    }
    return rows;
  }

  private static List<Row> python(Path script, long bytes) {
    List<Row> rows = new ArrayList<>();
    for (int size : new int[] {16 * KIB, 64 * KIB}) {
      rows.add(
          new Row(
              String.format("aiortc, %d KiB messages", size / KIB),
              bytes,
              () -> AiortcTransfer.send(script, bytes, size)));
    }
    return rows;
  }

  /** The package first; the rest shows where its time goes. */
  private static List<Row> ours(Path directory, long bytes, PackageTransfer packages) {
    AtomicLong seed = new AtomicLong(System.nanoTime());
    Map<String, Spent> latest = new LinkedHashMap<>();
    return List.of(
        new Row(
            "package, client to worker: there and checked",
            bytes,
            () -> {
              PackageTransfer.Times times = packages.send(bytes, seed.incrementAndGet());
              latest.put("accepted", times.accepted());
              return times.stored();
            }),
        new Row("package, client to worker: job accepted", bytes, () -> latest.get("accepted")),
        new Row(
            "channel, 256 KiB messages",
            bytes,
            () -> ChannelTransfer.send(directory, bytes, 256 * KIB)));
  }

  /** The best of several settings, each tried once, best first. */
  private static List<Row> best(List<Row> rows) throws Exception {
    for (Row row : rows) {
      row.run();
    }
    System.out.println("Looking for the best settings, each once:");
    head();
    rows.forEach(Row::print);
    System.out.println();
    return rows.stream()
        .sorted(Comparator.comparing(Row::best).reversed())
        .limit(FINALISTS)
        .toList();
  }

  private static void head() {
    System.out.printf(
        "  %-44s %7s %7s %7s %5s %9s%n", "MB/s", "least", "median", "most", "runs", "CPU s/GB");
  }

  private static void bar(String id, double value, double limit, boolean idle) {
    System.out.printf(
        Locale.ROOT,
        "bar %s %.2f %s %s%n",
        id,
        value,
        limit == (long) limit ? Long.toString((long) limit) : Double.toString(limit),
        idle ? value >= limit ? "met" : "missed" : "void");
  }
}
