package org.peerworks.health.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.peerworks.health.api.Vitals;

/**
 * Asks vital parts for signs of life, and knows which owe one. Whose parts owe one is not asked
 * again, so that nothing piles up in what hangs. Thread-safe.
 */
final class VitalSigns {

  /**
   * A part that has given no sign.
   *
   * @param part its name
   * @param waited since it was asked
   */
  record Silence(String part, Duration waited) {}

  /** What is known of the parts of one service. */
  private static final class Asked {
    private final String owner;
    private final Map<String, Boolean> owing = new ConcurrentHashMap<>();
    private final Map<String, Throwable> troubles = new ConcurrentHashMap<>();
    private volatile int parts;
    private volatile long at;

    Asked(String owner) {
      this.owner = owner;
    }
  }

  private final LongSupplier nanos;
  private final Map<Vitals, Asked> known = new ConcurrentHashMap<>();

  /**
   * @param nanos as {@link System#nanoTime()}
   */
  VitalSigns(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * @param owner name of its bundle, for when it does not even say which parts it has
   */
  void add(Vitals vitals, String owner) {
    known.put(vitals, new Asked(owner));
  }

  void remove(Vitals vitals) {
    known.remove(vitals);
  }

  /**
   * Asks those that owe nothing.
   *
   * @param executor calls the services, one after the other, for a service may hang
   */
  void ask(Executor executor) {
    known.forEach(
        (vitals, asked) -> {
          if (asked.owing.isEmpty()) {
            asked.at = nanos.getAsLong();
            asked.owing.put(asked.owner, true);
            executor.execute(() -> ask(vitals, asked));
          }
        });
  }

  private static void ask(Vitals vitals, Asked asked) {
    try {
      Map<String, CompletionStage<?>> answers = new TreeMap<>(vitals.ask());
      answers.keySet().forEach(part -> asked.owing.put(part, true));
      asked.parts = answers.size();
      asked.troubles.clear();
      answers.forEach(
          (part, answer) ->
              answer.whenComplete(
                  (done, trouble) -> {
                    if (trouble != null) {
                      asked.troubles.put(part, cause(trouble));
                    }
                    asked.owing.remove(part);
                  }));
    } catch (RuntimeException | Error e) {
      asked.troubles.put(asked.owner, e);
    } finally {
      asked.owing.remove(asked.owner);
    }
  }

  private static Throwable cause(Throwable trouble) {
    return trouble instanceof CompletionException && trouble.getCause() != null
        ? trouble.getCause()
        : trouble;
  }

  /** The parts that have owed a sign for longer. */
  List<Silence> silent(Duration limit) {
    List<Silence> silent = new ArrayList<>();
    for (Asked asked : known.values()) {
      Duration waited = Duration.ofNanos(nanos.getAsLong() - asked.at);
      if (waited.compareTo(limit) > 0) {
        asked.owing.keySet().forEach(part -> silent.add(new Silence(part, waited)));
      }
    }
    return silent;
  }

  /** What parts answered that live and fail, by part. */
  Map<String, Throwable> troubles() {
    Map<String, Throwable> all = new TreeMap<>();
    known.values().forEach(asked -> all.putAll(asked.troubles));
    return all;
  }

  /** How many parts are asked. */
  int parts() {
    return known.values().stream().mapToInt(asked -> asked.parts).sum();
  }
}
