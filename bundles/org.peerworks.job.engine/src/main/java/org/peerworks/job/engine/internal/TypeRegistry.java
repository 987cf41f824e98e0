package org.peerworks.job.engine.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobType;

/**
 * The job types that are running now, several versions side by side, and where each version stands.
 * Only memory; thread-safe.
 */
final class TypeRegistry {

  private final List<RegisteredType> running = new ArrayList<>();
  private final Map<TypeKey, Standing> standings = new HashMap<>();
  private final Map<TypeKey, Long> goneSince = new HashMap<>();
  private final Map<TypeKey, Integer> arriving = new HashMap<>();
  private final Map<String, Takers> takers = new HashMap<>();
  private final boolean trials;
  private final long begun = System.nanoTime();

  /**
   * @param known what the store keeps
   * @param trials whether new versions are on trial
   */
  TypeRegistry(Collection<Standing> known, boolean trials) {
    known.forEach(standing -> standings.put(standing.key(), standing));
    this.trials = trials;
  }

  /**
   * @return what is to be stored of it, if it was never here before
   */
  synchronized Optional<Standing> add(RegisteredType type) {
    running.add(type);
    goneSince.remove(type.key());
    Standing fresh = null;
    if (!standings.containsKey(type.key())) {
      boolean first = standings.keySet().stream().noneMatch(k -> k.type().equals(type.name()));
      fresh = Standing.fresh(type.name(), type.version(), trials && !first);
      standings.put(type.key(), fresh);
    }
    refresh(type.name());
    return Optional.ofNullable(fresh);
  }

  synchronized Optional<RegisteredType> remove(JobType code) {
    Optional<RegisteredType> found = running.stream().filter(t -> t.code() == code).findFirst();
    found.ifPresent(
        type -> {
          running.remove(type);
          refresh(type.name());
          if (find(type.name(), type.version()).isEmpty()) {
            goneSince.put(type.key(), System.nanoTime());
          }
        });
    return found;
  }

  /** Whether it is still the one that runs; another of the same version is not. */
  synchronized boolean isHere(RegisteredType type) {
    return running.stream().anyMatch(one -> one == type);
  }

  synchronized Optional<RegisteredType> find(String name, String version) {
    for (RegisteredType type : running) {
      if (type.name().equals(name) && type.version().equals(version)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** For how long a version has not been running; 0 if it is. */
  synchronized long goneNanos(TypeKey key) {
    return find(key.type(), key.version()).isPresent()
        ? 0
        : System.nanoTime() - goneSince.getOrDefault(key, begun);
  }

  /**
   * The version that takes the next new job of a type; until it {@link #arrived} the version has a
   * job.
   *
   * @throws JobException UNKNOWN_TYPE naming the types there are
   */
  synchronized RegisteredType take(String name) {
    RegisteredType type =
        takersOf(name)
            .next()
            .orElseThrow(
                () -> new JobException(JobException.Code.UNKNOWN_TYPE, refusal(shown(name))));
    arriving.merge(type.key(), 1, Integer::sum);
    return type;
  }

  /** A job that was {@link #take taken} is in the queue, or was refused. */
  synchronized void arrived(TypeKey key) {
    arriving.computeIfPresent(key, (type, count) -> count == 1 ? null : count - 1);
  }

  synchronized int arriving(TypeKey key) {
    return arriving.getOrDefault(key, 0);
  }

  private static String shown(String name) {
    return name.length() > 40 ? name.substring(0, 40) + "…" : name;
  }

  private String refusal(String name) {
    String retired =
        standings.values().stream()
            .filter(s -> s.type().equals(name) && s.health() == Standing.Health.RETIRED)
            .filter(s -> find(s.type(), s.version()).isPresent())
            .findFirst()
            .map(s -> "Version " + s.version() + " was retired: " + s.reason() + " ")
            .orElse("");
    Collection<String> others = main().keySet();
    return "This worker takes no job of type '"
        + name
        + "' now. "
        + retired
        + (others.isEmpty()
            ? "It has no job type running."
            : others.stream().collect(Collectors.joining("', '", "It takes '", "'.")));
  }

  /** The version of each type that takes most of its new jobs, by name. */
  synchronized Map<String, RegisteredType> main() {
    Map<String, RegisteredType> main = new TreeMap<>();
    running.stream()
        .map(RegisteredType::name)
        .distinct()
        .forEach(name -> takersOf(name).main().ifPresent(type -> main.put(name, type)));
    return main;
  }

  synchronized Optional<RegisteredType> main(String name) {
    return takersOf(name).main();
  }

  /** Percent of the new jobs that a version takes now. */
  synchronized int share(TypeKey key) {
    return takersOf(key.type()).share(key.version());
  }

  private Takers takersOf(String name) {
    return takers.getOrDefault(name, Takers.NONE);
  }

  /** What is gone is let go at once: its class loader with it. */
  private void refresh(String name) {
    Takers now = Takers.of(highestFirst(name), standings::get, takersOf(name));
    if (now.isEmpty()) {
      takers.remove(name);
    } else {
      takers.put(name, now);
    }
  }

  private List<RegisteredType> highestFirst(String name) {
    Map<TypeKey, RegisteredType> once = new LinkedHashMap<>();
    running.stream()
        .filter(type -> type.name().equals(name))
        .sorted(Comparator.comparing(RegisteredType::key, TypeKey.HIGHEST_FIRST))
        .forEach(type -> once.putIfAbsent(type.key(), type));
    return List.copyOf(once.values());
  }

  synchronized Optional<Standing> standing(TypeKey key) {
    return Optional.ofNullable(standings.get(key));
  }

  /** All versions that were ever here, by type, highest first. */
  synchronized List<Standing> standings() {
    return standings.values().stream()
        .sorted(Comparator.comparing(Standing::key, TypeKey.HIGHEST_FIRST))
        .toList();
  }

  synchronized void put(Standing now) {
    standings.put(now.key(), now);
    refresh(now.type());
  }

  /** Whether versions that come are on trial. */
  boolean hasTrials() {
    return trials;
  }
}
