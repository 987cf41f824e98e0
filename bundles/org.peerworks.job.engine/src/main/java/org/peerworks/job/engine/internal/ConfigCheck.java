package org.peerworks.job.engine.internal;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.TreeMap;

/** Judges the configuration before anything is built on it. */
final class ConfigCheck {

  /** What may be written for a key, both ends included. */
  record Range(long least, long most) {}

  private static final long MOST_BYTES = 1L << 50;
  private static final long TEN_YEARS = 3650L * 24 * 3600;
  private static final Range BYTES = new Range(0, MOST_BYTES);
  private static final Range TIMEOUT = new Range(1, TEN_YEARS);
  private static final Range COUNT = new Range(1, 10_000_000);
  private static final Range TEXT = new Range(2, 16 << 20);

  static final Map<String, Range> RANGES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("cpuSlots", new Range(0, 1024)),
              Map.entry("gpuSlots", new Range(-1, 64)),
              Map.entry("maxQueuedPerCaller", COUNT),
              Map.entry("maxQueued", COUNT),
              Map.entry("assuredPerCaller", new Range(0, 1_000_000)),
              Map.entry("maxInputs", new Range(0, 100_000)),
              Map.entry("maxInputBytes", BYTES),
              Map.entry("maxParameterBytes", TEXT),
              Map.entry("diskReserveBytes", BYTES),
              Map.entry("defaultTimeoutSeconds", TIMEOUT),
              Map.entry("maxTimeoutSeconds", TIMEOUT),
              Map.entry("stopGraceSeconds", new Range(0, 3600)),
              Map.entry("executorWaitSeconds", new Range(0, 3600)),
              Map.entry("trialJobs", new Range(0, 1000)),
              Map.entry("trialFailures", new Range(1, 1000)),
              Map.entry("interruptAfterMillis", new Range(0, 3_600_000)),
              Map.entry("abandonAfterMillis", new Range(0, 3_600_000)),
              Map.entry("maxLogBytes", new Range(4096, MOST_BYTES)),
              Map.entry("maxOutputs", new Range(0, 100_000)),
              Map.entry("maxDocumentBytes", TEXT),
              Map.entry("keepDays", new Range(0, 36_500)),
              Map.entry("keepJobs", new Range(0, 1_000_000_000)),
              Map.entry("keepInputBytes", BYTES),
              Map.entry("announcedPlaces", new Range(0, 10_000)),
              Map.entry("maxPendingCalls", new Range(1, 1_000_000)),
              Map.entry("maxSubscriptions", new Range(1, 1_000_000)),
              Map.entry("maxSubscriptionsPerCaller", new Range(1, 1_000_000))));

  private ConfigCheck() {}

  /**
   * @throws IllegalArgumentException naming the key that is wrong, and what may be written
   */
  static Config require(Config config) {
    RANGES.forEach(
        (key, range) -> {
          long value = read(config, key, range);
          if (value < range.least() || value > range.most()) {
            throw wrong(key, "is " + value, range, null);
          }
        });
    return config;
  }

  private static long read(Config config, String key, Range range) {
    try {
      return ((Number) Config.class.getMethod(key).invoke(config)).longValue();
    } catch (InvocationTargetException e) {
      throw wrong(key, "is no whole number", range, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("There is no key '" + key + "'.", e);
    }
  }

  private static IllegalArgumentException wrong(
      String key, String what, Range range, Throwable cause) {
    return new IllegalArgumentException(
        "'"
            + key
            + "' in "
            + Config.PID
            + ".cfg "
            + what
            + "; write "
            + range.least()
            + " to "
            + range.most()
            + ".",
        cause);
  }
}
