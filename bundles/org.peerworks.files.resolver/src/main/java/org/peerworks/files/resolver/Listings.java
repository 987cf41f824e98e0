package org.peerworks.files.resolver;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at directories that were taken a moment ago, so that a person who scrolls does not have a
 * large directory read for each page. Thread-safe.
 */
final class Listings {

  private static final int MOST_NAMES = 300_000;

  /** How long pages after the first come from the same look although the directory has changed. */
  private static final Duration PAGING = Duration.ofSeconds(30);

  private final Map<Path, Listing> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final long keepNanos;
  private long names;

  /**
   * @param keep how long a look at an unchanged directory is good; file systems may tell changes
   *     late, or with a coarse clock
   */
  Listings(Duration keep) {
    keepNanos = keep.toNanos();
  }

  /**
   * @param offset of the page that is wanted
   * @param spot where the directory is now
   */
  synchronized Optional<Listing> find(Spot spot, long offset) {
    Listing listing = kept.get(spot.real());
    if (listing == null) {
      return Optional.empty();
    }
    boolean unchanged = listing.modified().equals(spot.attributes().lastModifiedTime());
    boolean good =
        keepNanos > 0
            && (unchanged && listing.ageNanos() < keepNanos
                || offset > 0 && listing.ageNanos() < Math.max(keepNanos, PAGING.toNanos()));
    return good ? Optional.of(listing) : Optional.empty();
  }

  synchronized void keep(Listing listing) {
    remove(listing.directory());
    if (listing.size() > MOST_NAMES) {
      return;
    }
    kept.put(listing.directory(), listing);
    names += listing.size();
    var oldest = kept.values().iterator();
    while (names > MOST_NAMES || kept.size() > 1000) {
      names -= oldest.next().size();
      oldest.remove();
    }
  }

  /** Forgets what is too old, so that an idle worker keeps nothing. */
  synchronized void sweep() {
    kept.values()
        .removeIf(
            listing -> {
              boolean old = listing.ageNanos() > Math.max(keepNanos, PAGING.toNanos());
              names -= old ? listing.size() : 0;
              return old;
            });
  }

  private void remove(Path directory) {
    Listing old = kept.remove(directory);
    names -= old == null ? 0 : old.size();
  }
}
