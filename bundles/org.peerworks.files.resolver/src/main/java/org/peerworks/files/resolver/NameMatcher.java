package org.peerworks.files.resolver;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.peerworks.files.api.FileAccessException;
import org.peerworks.files.api.FileAccessException.Code;
import org.peerworks.files.api.MatchType;
import org.peerworks.files.api.SearchRequest;

/**
 * Judges names against one request, with the points of the sleap-rtc wire format ({@code
 * FS_RESOLVE}). Thread-safe but for {@link #judge()}, which gives each thread its own.
 */
final class NameMatcher {

  static final int FEWEST_CHARACTERS = 3;

  private static final double EXACT = 100;
  private static final double WILDCARD = 50;
  private static final double SUBSTRING = 25;
  private static final double FUZZY = 20;
  private static final double PER_SEPARATOR = 0.1;

  private final String wanted;
  private final Optional<Glob> glob;
  private final OptionalLong size;

  /**
   * @throws FileAccessException {@code INVALID_REQUEST}, {@code PATTERN_TOO_BROAD}
   */
  NameMatcher(SearchRequest request) {
    String pattern = request.pattern();
    if (pattern.isBlank()) {
      throw new FileAccessException(
          Code.INVALID_REQUEST, "The pattern is empty. Give a file name, or a part of one.");
    }
    if (pattern.length() > Names.LONGEST_PATH) {
      throw new FileAccessException(
          Code.INVALID_REQUEST,
          "The pattern has %d characters; at most %d are taken."
              .formatted(pattern.length(), Names.LONGEST_PATH));
    }
    wanted = Names.last(pattern).toLowerCase(Locale.ROOT);
    if (wanted.isBlank() || !Names.isShowable(wanted)) {
      throw new FileAccessException(
          Code.INVALID_REQUEST,
          "The pattern '%s' does not end in a file name.".formatted(Names.shown(pattern)));
    }
    glob = Glob.isPattern(wanted) ? Optional.of(new Glob(wanted)) : Optional.empty();
    if (glob.isPresent() && glob.get().plain() < FEWEST_CHARACTERS) {
      throw new FileAccessException(
          Code.PATTERN_TOO_BROAD,
          "The pattern '%s' would fit too much. Give at least %d characters beside the wildcards."
              .formatted(Names.shown(wanted), FEWEST_CHARACTERS));
    }
    size = request.size();
  }

  /** A match, before anything is known of the file. */
  record Match(MatchType type, double points) {}

  /** For one thread. */
  Judge judge() {
    return new Judge();
  }

  /** Judges names on one thread. */
  final class Judge {

    private final Spelling spelling = new Spelling(wanted);
    private final boolean toStem = wanted.indexOf('.') < 0;

    private Judge() {}

    /**
     * @return null if the name does not fit
     */
    Match match(String given) {
      String name = given.toLowerCase(Locale.ROOT);
      if (name.equals(wanted)) {
        return new Match(MatchType.EXACT, EXACT);
      }
      if (glob.isPresent()) {
        return glob.get().matches(name) ? new Match(MatchType.WILDCARD, WILDCARD) : null;
      }
      if (wanted.length() < FEWEST_CHARACTERS) {
        return null;
      }
      if (name.contains(wanted)) {
        return new Match(MatchType.SUBSTRING, SUBSTRING);
      }
      int distance = spelling.distance(name);
      if (distance < 0 && toStem && name.lastIndexOf('.') > 0) {
        distance = spelling.distance(name.substring(0, name.lastIndexOf('.')));
      }
      return distance < 0
          ? null
          : new Match(MatchType.FUZZY, FUZZY * (1 - (double) distance / wanted.length()));
    }
  }

  /**
   * The most points that a file of any size can have.
   *
   * @param names in its path, from the root directory on
   */
  double most(Match match, int names) {
    double ofSize = size.isEmpty() ? 0 : match.type() == MatchType.FUZZY ? 2 : 20;
    return match.points() + ofSize - PER_SEPARATOR * names;
  }

  /** The points of a file. */
  double score(Match match, String path, long fileSize) {
    double points = match.points();
    if (size.isPresent()) {
      double share = match.type() == MatchType.FUZZY ? 0.1 : 1;
      points += share * ofSize(size.getAsLong(), fileSize);
    }
    return points - PER_SEPARATOR * path.chars().filter(c -> c == '/').count();
  }

  private static double ofSize(long wanted, long found) {
    if (wanted == found) {
      return 20;
    }
    return Math.abs((double) found - wanted) <= 0.1 * wanted ? 10 : 0;
  }
}
