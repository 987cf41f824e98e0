package org.peerworks.lib.sleap;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a line of a trainer says about its frames. */
public record FrameLine(long done, long total) {

  private static final int LONGEST = 2000;

  /** The built-in trainer's. */
  private static final Pattern OURS =
      Pattern.compile("^Tracked (\\d{1,12})/(\\d{1,12}) frames\\b.*");

  /** sleap-nn's bar, drawn by rich or tqdm: {@code Predicting... ━━━ 100% 40/40 ETA: …}. */
  private static final Pattern BAR =
      Pattern.compile(
          "^(?:Predicting|Tracking)[^0-9]*+\\d{1,3}%[^0-9]*+(\\d{1,12})/(\\d{1,12})\\b.*");

  /** sleap-nn's with {@code --gui}: {@code {"n_processed": 12, "n_total": 40, …}}. */
  private static final Pattern DONE = Pattern.compile("\"n_processed\": ?(\\d{1,12})\\b");

  private static final Pattern TOTAL = Pattern.compile("\"n_total\": ?(\\d{1,12})\\b");

  public static Optional<FrameLine> parse(String line) {
    if (line.length() > LONGEST) {
      return Optional.empty();
    }
    if (line.startsWith("{")) {
      Matcher done = DONE.matcher(line);
      Matcher total = TOTAL.matcher(line);
      return done.find() && total.find() ? of(done.group(1), total.group(1)) : Optional.empty();
    }
    for (Pattern pattern : new Pattern[] {OURS, BAR}) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.matches()) {
        return of(matcher.group(1), matcher.group(2));
      }
    }
    return Optional.empty();
  }

  private static Optional<FrameLine> of(String done, String total) {
    return Optional.of(new FrameLine(Long.parseLong(done), Long.parseLong(total)));
  }
}
