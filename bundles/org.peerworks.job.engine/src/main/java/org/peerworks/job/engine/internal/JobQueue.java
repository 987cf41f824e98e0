package org.peerworks.job.engine.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The jobs that wait, in the order in which they are to run. Guarded by its owner. */
final class JobQueue {

  private static final int PRIORITIES = 11;

  /** Of a queue that is longer than this, places may be out of date by {@link #STALE_NANOS}. */
  private static final int LONG = 1000;

  private static final long STALE_NANOS = 200_000_000;

  private final TreeSet<QueuedJob> all = new TreeSet<>();
  private final Map<TypeKey, TreeSet<QueuedJob>> byKind = new HashMap<>();
  private final Map<String, QueuedJob> byId = new HashMap<>();
  private final int[] perPriority = new int[PRIORITIES];
  private Map<String, Integer> positions = Map.of();
  private boolean changed;
  private long computed;

  void add(QueuedJob job) {
    all.add(job);
    byKind.computeIfAbsent(job.kind(), kind -> new TreeSet<>()).add(job);
    byId.put(job.id(), job);
    perPriority[job.priority()]++;
    changed = true;
  }

  Optional<QueuedJob> remove(String id) {
    QueuedJob job = byId.remove(id);
    if (job == null) {
      return Optional.empty();
    }
    all.remove(job);
    TreeSet<QueuedJob> same = byKind.get(job.kind());
    same.remove(job);
    if (same.isEmpty()) {
      byKind.remove(job.kind());
    }
    perPriority[job.priority()]--;
    changed = true;
    return Optional.of(job);
  }

  /** Takes the first job that may run now; looks only at the first of each kind. */
  Optional<QueuedJob> takeFirst(Predicate<QueuedJob> mayRun) {
    return byKind.values().stream()
        .map(TreeSet::first)
        .filter(mayRun)
        .min(QueuedJob::compareTo)
        .flatMap(job -> remove(job.id()));
  }

  /** The versions that jobs wait for. */
  Set<TypeKey> kinds() {
    return Set.copyOf(byKind.keySet());
  }

  /** The jobs that wait for a version. */
  List<QueuedJob> waiting(TypeKey kind) {
    return List.copyOf(byKind.getOrDefault(kind, new TreeSet<>()));
  }

  /** How many jobs wait for a version. */
  int count(TypeKey kind) {
    TreeSet<QueuedJob> same = byKind.get(kind);
    return same == null ? 0 : same.size();
  }

  Optional<QueuedJob> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * Says how to put a job at another place.
   *
   * @param place 1 for the next to run
   * @return the jobs that are to be replaced: often that one alone
   */
  List<QueuedJob> moved(QueuedJob job, int place) {
    List<QueuedJob> others = all.stream().filter(one -> one != job).toList();
    if (others.isEmpty()) {
      return List.of();
    }
    int index = Math.min(place - 1, others.size());
    QueuedJob before = index == 0 ? null : others.get(index - 1);
    QueuedJob after = index == others.size() ? null : others.get(index);
    int priority = after == null ? before.priority() : after.priority();
    boolean first = before == null || before.priority() != priority;
    double low = first ? after.place() - 1 : before.place();
    double high = after == null ? low + 1 : after.place();
    double between = low + (high - low) / 2;
    if (between > low && between < high) {
      return List.of(job.placed(priority, between));
    }
    List<QueuedJob> same = new ArrayList<>(others);
    same.add(index, job);
    same.removeIf(one -> one != job && one.priority() != priority);
    return spread(same, priority);
  }

  /** Between two places there was no room left for a third. */
  private static List<QueuedJob> spread(List<QueuedJob> jobs, int priority) {
    double first = jobs.stream().mapToDouble(QueuedJob::place).min().orElse(0);
    double step = 1.0 / jobs.size();
    List<QueuedJob> spread = new ArrayList<>();
    for (QueuedJob job : jobs) {
      spread.add(job.placed(priority, first + step * spread.size()));
    }
    return spread;
  }

  /** Puts a job in the place of one with the same id. */
  void replace(QueuedJob job) {
    remove(job.id());
    add(job);
  }

  Collection<QueuedJob> jobs() {
    return all;
  }

  /** A job's place, 1 for the next to run; 1 also for a job that is about to be queued. */
  int position(String id) {
    QueuedJob job = byId.get(id);
    if (job == null) {
      return 1;
    }
    QueuedJob next = all.higher(job);
    if (next == null || next.priority() != job.priority()) {
      return lastOf(job.priority()); // as of each job that has just come
    }
    if (changed && (all.size() <= LONG || System.nanoTime() - computed > STALE_NANOS)) {
      compute();
    }
    Integer known = positions.get(id);
    return known == null ? lastOf(job.priority()) : known;
  }

  /** The last place that a job of a priority can have. */
  private int lastOf(int priority) {
    int before = 0;
    for (int i = priority; i < PRIORITIES; i++) {
      before += perPriority[i];
    }
    return before;
  }

  private void compute() {
    Map<String, Integer> now = new HashMap<>();
    int place = 0;
    for (QueuedJob job : all) {
      now.put(job.id(), ++place);
    }
    positions = now;
    changed = false;
    computed = System.nanoTime();
  }
}
