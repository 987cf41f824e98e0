package org.peerworks.cli.job;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.peerworks.cli.terminal.Console;
import org.peerworks.cli.terminal.Units;
import org.peerworks.job.api.TransferListener;

/** Shows how far files are on their way: bytes, rate, time left. Thread-safe. */
final class TransferProgress implements TransferListener {

  private static final long EVENT_INTERVAL = Duration.ofSeconds(1).toNanos();

  private final Console console;
  private final String event;
  private final String verb;
  private final long total;
  private final LongSupplier nanoTime;
  private final long startedAt;
  private final Map<String, Long> done = new HashMap<>();
  private long before;
  private long sum;
  private long eventAt;
  private boolean anyEvent;

  /**
   * @param event name for scripts, for example {@code upload}
   * @param verb for people, for example {@code Sending}
   * @param total bytes of all files
   */
  TransferProgress(Console console, String event, String verb, long total, LongSupplier nanoTime) {
    this.console = console;
    this.event = event;
    this.verb = verb;
    this.total = total;
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
  }

  @Override
  public synchronized void transferred(String name, long bytes, long ofTotal) {
    Long earlier = done.put(name, bytes);
    if (earlier == null) {
      before += bytes;
    }
    sum += bytes - (earlier == null ? 0 : earlier);
    console.status(line());
    long now = nanoTime.getAsLong();
    if (!anyEvent || now - eventAt >= EVENT_INTERVAL || sum == total) {
      anyEvent = true;
      eventAt = now;
      console.event(event, "done", sum, "total", total);
    }
  }

  /** What was moved since the start, for a closing line. */
  synchronized String summary() {
    return Units.bytes(total) + " in " + Units.time(seconds());
  }

  private String line() {
    double rate = seconds() > 0 ? (sum - before) / seconds() : 0;
    StringBuilder line = new StringBuilder();
    line.append(' ').append(Units.percent(sum, total)).append(" %  ");
    line.append(Units.bytes(sum)).append(" of ").append(Units.bytes(total));
    if (rate > 0) {
      line.append("  ").append(Units.bytes(rate)).append("/s");
      if (sum < total) {
        line.append("  ").append(Units.time((total - sum) / rate)).append(" left");
      }
    }
    return console.fitting(
        verb + console.bar(sum, total) + line, verb + line, line.toString().strip());
  }

  private double seconds() {
    return (nanoTime.getAsLong() - startedAt) / 1e9;
  }
}
