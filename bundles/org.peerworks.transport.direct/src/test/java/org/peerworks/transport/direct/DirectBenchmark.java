package org.peerworks.transport.direct;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How fast bytes go over this transport, against the JDK's own TLS socket with nothing around it,
 * and against WebRTC. Two processes each. First the socket looks for its best settings; then all
 * take turns, round by round, so that what else the machine does hits all of them.
 */
final class DirectBenchmark {

  private static final long MIB = 1 << 20;

  /** Below it the machine was busy, or is too slow to tell anything (MB/s). */
  private static final double LEAST_RAW = 150;

  /** WebRTC is slow: about the same time, not the same bytes. */
  private static final int WEBRTC_SHARE = 8;

  private static final int FINALISTS = 2;

  private DirectBenchmark() {}

  /** Sends so many bytes. */
  private interface Transfer {
    Spent send(long bytes) throws Exception;
  }

  private record Row(
      String name, long bytes, Transfer transfer, AutoCloseable end, List<Spent> spent) {

    Row(String name, long bytes, Transfer transfer, AutoCloseable end) {
      this(name, bytes, transfer, end, new ArrayList<>());
    }

    void run() throws Exception {
      spent.add(transfer.send(bytes));
    }

    private double median(java.util.function.ToDoubleFunction<Spent> value) {
      return spent.stream().mapToDouble(value).sorted().toArray()[spent.size() / 2];
    }

    double rate() {
      return median(once -> bytes / 1e6 / once.seconds());
    }

    void print() {
      double[] rates =
          spent.stream().mapToDouble(once -> bytes / 1e6 / once.seconds()).sorted().toArray();
      System.out.printf(
          Locale.ROOT,
          "  %-44s %7.1f %7.1f %7.1f %5d %9.2f%n",
          name,
          rates[0],
          rate(),
          rates[rates.length - 1],
          rates.length,
          median(once -> once.cpuSeconds() / (bytes / 1e9)));
    }
  }

  /** Arguments: a directory for temporary files, MiB for each transfer, rounds. */
  public static void main(String[] args) throws Exception {
    long bytes = Long.parseLong(args[1]) * MIB;
    int rounds = Integer.parseInt(args[2]);
    List<Row> all = new ArrayList<>(best(raw(bytes)));
    int raws = all.size();
    DirectTransfer direct = new DirectTransfer();
    all.add(new Row("direct: channel, 256 KiB messages", bytes, direct::send, direct));
    Child webrtc = new Child("org.peerworks.transport.webrtc.ChannelRate", args[0]);
    all.add(
        new Row(
            "webrtc: channel, 256 KiB messages",
            bytes / WEBRTC_SHARE,
            share -> asked(webrtc, share),
            webrtc));
    for (Row row : all) {
      row.transfer().send(row.bytes()); // the compiler learns
      row.spent().clear();
    }
    for (int round = 0; round < rounds; round++) {
      for (Row row : all) {
        row.run();
      }
    }
    System.out.printf("Taking turns, %d rounds:%n", rounds);
    head();
    for (Row row : all) {
      row.print();
      row.end().close();
    }
    judge(
        all.subList(0, raws).stream().mapToDouble(Row::rate).max().orElseThrow(),
        all.get(raws).rate(),
        all.get(raws + 1).rate());
  }

  private static void judge(double raw, double direct, double webrtc) {
    boolean idle = raw >= LEAST_RAW;
    if (!idle) {
      System.out.printf(
          Locale.ROOT,
          "Void: the socket itself reached %.1f MB/s, less than %.0f. Run it on an idle machine.%n",
          raw,
          LEAST_RAW);
    }
    bar("direct-vs-raw", direct / raw, "0.7", idle);
    bar("direct-vs-webrtc", direct / webrtc, "5", idle);
  }

  private static Spent asked(Child webrtc, long bytes) throws Exception {
    webrtc.tell(Long.toString(bytes));
    String[] words = webrtc.hear("spent").split(" ");
    return new Spent(Double.parseDouble(words[0]), Double.parseDouble(words[1]));
  }

  private static List<Row> raw(long bytes) throws Exception {
    List<Row> rows = new ArrayList<>();
    for (String suite : new String[] {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"}) {
      for (int kib : new int[] {16, 64, 256}) {
        RawTransfer transfer = new RawTransfer(suite, kib << 10);
        rows.add(
            new Row(
                String.format("TLS socket, %s, %3d KiB", suite.substring(4, 15), kib),
                bytes,
                transfer::send,
                transfer));
      }
    }
    return rows;
  }

  /** The best of several settings, each tried twice, the first time to warm up; best first. */
  private static List<Row> best(List<Row> rows) throws Exception {
    for (Row row : rows) {
      row.run();
      row.spent().clear();
      row.run();
    }
    System.out.println("Looking for the best settings, each once:");
    head();
    rows.forEach(Row::print);
    System.out.println();
    List<Row> sorted =
        rows.stream().sorted(Comparator.comparingDouble(Row::rate).reversed()).toList();
    for (Row row : sorted.subList(FINALISTS, sorted.size())) {
      row.end().close();
    }
    return sorted.subList(0, FINALISTS);
  }

  private static void head() {
    System.out.printf(
        "  %-44s %7s %7s %7s %5s %9s%n", "MB/s", "least", "median", "most", "runs", "CPU s/GB");
  }

  private static void bar(String id, double value, String limit, boolean idle) {
    System.out.printf(
        Locale.ROOT,
        "bar %s %.2f %s %s%n",
        id,
        value,
        limit,
        idle ? value >= Double.parseDouble(limit) ? "met" : "missed" : "void");
  }
}
