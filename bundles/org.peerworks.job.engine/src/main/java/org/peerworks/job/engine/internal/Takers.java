package org.peerworks.job.engine.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The versions of one type that take its new jobs, each its share of them, evenly mixed. Guarded by
 * its owner.
 */
final class Takers {

  static final Takers NONE = new Takers(List.of());

  private static final int ALL = 100;

  private static final class Taker {
    private final RegisteredType type;
    private final int share;
    private int credit;

    Taker(RegisteredType type, int share) {
      this.type = type;
      this.share = share;
    }
  }

  private final List<Taker> takers;

  private Takers(List<Taker> takers) {
    this.takers = takers;
  }

  /**
   * @param versions those that are running, highest first
   * @param before who took the jobs until now
   */
  static Takers of(
      List<RegisteredType> versions, Function<TypeKey, Standing> standings, Takers before) {
    List<RegisteredType> healthy =
        versions.stream().filter(type -> standings.apply(type.key()).isHealthy()).toList();
    Optional<RegisteredType> main = main(healthy, standings);
    if (main.isEmpty()) {
      main =
          versions.stream()
              .filter(type -> standings.apply(type.key()).health() == Standing.Health.WITHDRAWN)
              .findFirst();
    }
    List<Taker> takers = new ArrayList<>();
    int rest = ALL;
    for (RegisteredType type : healthy) {
      int share = Math.min(rest, standings.apply(type.key()).share());
      if (share > 0 && type != main.orElse(null)) {
        takers.add(new Taker(type, share));
        rest -= share;
      }
    }
    if (main.isPresent() && rest > 0) {
      takers.add(new Taker(main.get(), rest));
    }
    Takers now = new Takers(takers);
    now.goOnFrom(before);
    return now;
  }

  /** Who was behind its share stays so, unless the shares are others. */
  private void goOnFrom(Takers before) {
    if (shares().equals(before.shares())) {
      for (int i = 0; i < takers.size(); i++) {
        takers.get(i).credit = before.takers.get(i).credit;
      }
    }
  }

  private List<String> shares() {
    return takers.stream().map(one -> one.type.version() + " " + one.share).toList();
  }

  /** The chosen one; else the highest that is to have no particular share, if there is one. */
  private static Optional<RegisteredType> main(
      List<RegisteredType> healthy, Function<TypeKey, Standing> standings) {
    return healthy.stream()
        .filter(type -> standings.apply(type.key()).chosen())
        .findFirst()
        .or(
            () ->
                healthy.stream()
                    .filter(type -> standings.apply(type.key()).share() == 0)
                    .findFirst())
        .or(() -> healthy.stream().findFirst());
  }

  boolean isEmpty() {
    return takers.isEmpty();
  }

  /** Who takes the next job: the one that is furthest behind its share. */
  Optional<RegisteredType> next() {
    Taker behind = null;
    for (Taker taker : takers) {
      taker.credit += taker.share;
      behind = behind == null || taker.credit > behind.credit ? taker : behind;
    }
    if (behind == null) {
      return Optional.empty();
    }
    behind.credit -= ALL;
    return Optional.of(behind.type);
  }

  /** Who takes most; of equals the highest. */
  Optional<RegisteredType> main() {
    Taker most = null;
    for (Taker taker : takers) {
      boolean more =
          most == null
              || taker.share > most.share
              || (taker.share == most.share
                  && TypeKey.HIGHEST_FIRST.compare(taker.type.key(), most.type.key()) < 0);
      most = more ? taker : most;
    }
    return Optional.ofNullable(most).map(taker -> taker.type);
  }

  int share(String version) {
    return takers.stream()
        .filter(taker -> taker.type.version().equals(version))
        .mapToInt(taker -> taker.share)
        .sum();
  }
}
