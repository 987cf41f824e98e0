package org.peerworks.files.resolver;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.peerworks.files.api.Candidate;

/** The best candidates of a search so far. Thread-safe. */
final class Best {

  private static final Comparator<Candidate> ORDER =
      Comparator.comparingDouble(Candidate::score)
          .reversed()
          .thenComparing(candidate -> candidate.file().path());

  private final int most;
  private final TreeSet<Candidate> candidates = new TreeSet<>(ORDER);
  private long matched;
  private long version;
  private volatile double floor = Double.NEGATIVE_INFINITY;

  Best(int most) {
    this.most = most;
  }

  synchronized void add(Candidate candidate) {
    if (!candidates.add(candidate)) {
      return; // the same file, through two mounts
    }
    matched++;
    if (candidates.size() <= most || candidates.pollLast() != candidate) {
      version++;
    }
    if (matched > candidates.size()) {
      floor = candidates.last().score();
    }
  }

  /**
   * Whether a candidate of at most so many points would change nothing: others are better, and that
   * there are more is known.
   */
  boolean isBelow(double points) {
    return points < floor;
  }

  /** Highest score first, equal ones by path. */
  synchronized List<Candidate> list() {
    return List.copyOf(candidates);
  }

  /** Whether more matched than are kept. */
  synchronized boolean truncated() {
    return matched > candidates.size();
  }

  /** Changes whenever the list does. */
  synchronized long version() {
    return version;
  }
}
