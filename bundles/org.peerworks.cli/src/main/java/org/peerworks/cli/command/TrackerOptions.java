package org.peerworks.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What the tracker is told: which frames, and how. Names as sleap-nn 0.1 has them. */
final class TrackerOptions {

  @Option(
      names = "--only_suggested_frames",
      order = 4,
      negatable = true,
      fallbackValue = "true",
      description =
          "Track the suggested frames only, or with --no- all frames."
              + " The default, unless another option chooses frames.")
  private Boolean onlySuggestedFrames;

  @Option(
      names = "--only_labeled_frames",
      order = 5,
      description = "Track the frames that have labels only.")
  private boolean onlyLabeledFrames;

  @Option(
      names = "--exclude_user_labeled",
      order = 6,
      description = "Leave out frames that a person labelled.")
  private boolean excludeUserLabeled;

  @Option(
      names = "--frames",
      paramLabel = "RANGES",
      order = 7,
      converter = Frames.class,
      description = "Track these frames, for example 0-100,200-300; the first frame is 0.")
  private String frames;

  @Option(
      names = "--video_index",
      paramLabel = "NUMBER",
      order = 8,
      converter = Numbers.Index.class,
      description = "Track this video of the labels only; the first one is 0.")
  private Integer videoIndex;

  @Option(
      names = "--peak_threshold",
      paramLabel = "0..1",
      order = 9,
      converter = Numbers.Fraction.class,
      description = "How sure a point must be. Default: the tracker's own, 0.2.")
  private String peakThreshold;

  @Option(
      names = {"-n", "--max_instances"},
      paramLabel = "COUNT",
      order = 10,
      converter = Numbers.Count.class,
      description = "Most animals in a frame.")
  private Integer maxInstances;

  @Option(
      names = {"-b", "--batch_size"},
      paramLabel = "COUNT",
      order = 11,
      converter = Numbers.LargeBatch.class,
      description = "Frames that are worked on at once; more need more memory. Default: 4.")
  private Integer batchSize;

  @Option(
      names = "--tracking",
      order = 12,
      description = "Follow animals from frame to frame: each gets a track.")
  private boolean tracking;

  @Option(
      names = "--tracking_window_size",
      paramLabel = "FRAMES",
      order = 13,
      converter = Numbers.Count.class,
      description = "How many frames back --tracking looks for an animal. Default: 5.")
  private Integer trackingWindowSize;

  @Option(
      names = "--max_tracks",
      paramLabel = "COUNT",
      order = 14,
      converter = Numbers.Count.class,
      description = "Most tracks that --tracking makes.")
  private Integer maxTracks;

  /** Whether frames were chosen such that the suggested ones alone are tracked. */
  boolean suggestedOnly() {
    if (onlyLabeledFrames && Boolean.TRUE.equals(onlySuggestedFrames)) {
      throw new UsageException(
          "--only_suggested_frames and --only_labeled_frames exclude each other. Leave one.");
    }
    return onlySuggestedFrames == null
        ? !onlyLabeledFrames && frames == null && videoIndex == null
        : onlySuggestedFrames;
  }

  /** Further options by name, in the order of the script; flags have no value. */
  Map<String, String> values() {
    if (!tracking && (trackingWindowSize != null || maxTracks != null)) {
      throw new UsageException("--tracking_window_size and --max_tracks need --tracking. Add it.");
    }
    Map<String, String> values = new LinkedHashMap<>();
    flag(values, "--only_labeled_frames", onlyLabeledFrames);
    flag(values, "--exclude_user_labeled", excludeUserLabeled);
    value(values, "--frames", frames);
    value(values, "--video_index", videoIndex);
    value(values, "--peak_threshold", peakThreshold);
    value(values, "--max_instances", maxInstances);
    value(values, "--batch_size", batchSize);
    flag(values, "--tracking", tracking);
    value(values, "--tracking_window_size", trackingWindowSize);
    value(values, "--max_tracks", maxTracks);
    return values;
  }

  private static void flag(Map<String, String> values, String name, boolean given) {
    if (given) {
      values.put(name, "");
    }
  }

  private static void value(Map<String, String> values, String name, Object given) {
    if (given != null) {
      values.put(name, given.toString());
    }
  }

  /** Ranges of frames. */
  static final class Frames implements ITypeConverter<String> {

    private static final int LONGEST = 4000;
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})(?:-([0-9]{1,9}))?");

    @Override
    public String convert(String value) {
      String ranges = value.replace(" ", "");
      if (ranges.length() > LONGEST) {
        throw new TypeConversionException(
            "the ranges have more than " + LONGEST + " characters. Use fewer.");
      }
      for (String range : ranges.split(",", -1)) {
        var matcher = RANGE.matcher(range);
        if (!matcher.matches()) {
          throw new TypeConversionException(
              "'" + range + "' is no range of frames. Give for example 0-100,200-300.");
        }
        if (matcher.group(2) != null
            && Integer.parseInt(matcher.group(2)) < Integer.parseInt(matcher.group(1))) {
          throw new TypeConversionException("the range '" + range + "' ends before it begins.");
        }
      }
      return ranges;
    }
  }
}
