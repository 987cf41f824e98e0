package org.peerworks.pose.identity;

import java.util.Arrays;
import java.util.Locale;
import org.peerworks.pose.UserError;
import org.peerworks.pose.options.OptionParser;
import org.peerworks.pose.options.Options;

/**
 * How animals are followed from frame to frame; names as in sleap-nn's command line.
 *
 * @param window earlier frames of a track that an animal is compared with
 * @param maxGap most frames from one to the next in which a track is found; {@link
 *     Integer#MAX_VALUE} for any
 * @param maxTracks most tracks of a video; then animals that come back take those that are lost
 * @param minNewTrackPoints fewest points of an animal that begins a track
 * @param minMatchPoints fewest points that an animal and a track have to share
 * @param minScore least similarity, from 0 to 1, of an animal to its track
 */
public record IdentityOptions(
    int window,
    int maxGap,
    int maxTracks,
    Features features,
    Scoring scoring,
    Reduction reduction,
    Matching matching,
    int minNewTrackPoints,
    int minMatchPoints,
    double minScore) {

  /** What of an animal is compared. */
  public enum Features {
    KEYPOINTS,
    CENTROIDS,
    BBOXES
  }

  /** How it is compared. */
  public enum Scoring {
    /** Mean of a Gaussian of the distances of points, in the measure of the animal's length. */
    OKS,
    /** Overlap of the boxes around the animals. */
    IOU,
    /** Distance, in the measure of the animal's length. */
    EUCLIDEAN_DIST
  }

  /** How the comparisons with several frames become one. */
  public enum Reduction {
    MEAN,
    MAX
  }

  /** How animals are given to tracks. */
  public enum Matching {
    /** So that the sum of the similarities is the largest. */
    HUNGARIAN,
    /** The most similar pair first. */
    GREEDY
  }

  /** What sleap-nn does if it is told nothing but {@code --tracking}. */
  public static final IdentityOptions DEFAULT =
      new IdentityOptions(
          5,
          5,
          Integer.MAX_VALUE,
          Features.KEYPOINTS,
          Scoring.OKS,
          Reduction.MEAN,
          Matching.HUNGARIAN,
          0,
          0,
          0.01);

  public IdentityOptions {
    if (window < 1 || maxGap < 1 || maxTracks < 1) {
      throw new IllegalArgumentException("Window, gap and number of tracks are 1 or more");
    }
  }

  /** Adds the options to those of a command. */
  public static OptionParser declare(OptionParser parser) {
    return parser
        .flag("--tracking", "-t")
        .value("--tracking_window_size")
        .value("--candidates_method")
        .value("--max_tracks")
        .value("--features")
        .value("--scoring_method")
        .value("--scoring_reduction")
        .value("--track_matching_method")
        .value("--min_new_track_points")
        .value("--min_match_points");
  }

  /** Takes the options from a command line. */
  public static IdentityOptions of(Options options) throws UserError {
    int window = options.integer("--tracking_window_size", DEFAULT.window, 1, 10_000);
    return new IdentityOptions(
        window,
        keepsAll(options) ? Integer.MAX_VALUE : window,
        options.integer("--max_tracks", Integer.MAX_VALUE, 1, Integer.MAX_VALUE),
        choice(options, "--features", DEFAULT.features),
        choice(options, "--scoring_method", DEFAULT.scoring),
        choice(options, "--scoring_reduction", DEFAULT.reduction),
        choice(options, "--track_matching_method", DEFAULT.matching),
        options.integer("--min_new_track_points", 0, 0, Integer.MAX_VALUE),
        options.integer("--min_match_points", 0, 0, Integer.MAX_VALUE),
        DEFAULT.minScore);
  }

  /** Whether tracks are kept for ever, in queues of their own, rather than for some frames. */
  private static boolean keepsAll(Options options) throws UserError {
    String method = options.one("--candidates_method").orElse("fixed_window");
    return switch (method) {
      case "fixed_window" -> false;
      case "local_queues" -> true;
      default ->
          throw UserError.usage(
              "The option '--candidates_method' has to be one of fixed_window, local_queues, but is '%s'.",
              method);
    };
  }

  private static <E extends Enum<E>> E choice(Options options, String name, E otherwise)
      throws UserError {
    if (!options.has(name)) {
      return otherwise;
    }
    String given = options.required(name);
    E[] all = otherwise.getDeclaringClass().getEnumConstants();
    for (E each : all) {
      if (each.name().toLowerCase(Locale.ROOT).equals(given)) {
        return each;
      }
    }
    throw UserError.usage(
        "The option '%s' has to be one of %s for the built-in trainer, but is '%s'.",
        name,
        String.join(
            ", ", Arrays.stream(all).map(each -> each.name().toLowerCase(Locale.ROOT)).toList()),
        given);
  }
}
