package org.peerworks.pose.track;

import java.util.ArrayList;
import java.util.List;
import org.peerworks.pose.UserError;

/**
 * Frame indexes from the command line, like {@code 0-100,200,300-400}; both ends belong to a range.
 */
final class FrameRange {

  private record Range(int first, int last) {}

  private final List<Range> ranges = new ArrayList<>();

  private FrameRange() {}

  static FrameRange of(String text) throws UserError {
    FrameRange frames = new FrameRange();
    for (String part : text.split(",", -1)) {
      String trimmed = part.strip();
      if (!trimmed.matches("[0-9]{1,9}(-[0-9]{1,9})?")) {
        throw UserError.usage(
            "The option '--frames' has to look like '0-100,200', but is '%s'.", text);
      }
      String[] ends = trimmed.split("-");
      int first = Integer.parseInt(ends[0]);
      int last = ends.length > 1 ? Integer.parseInt(ends[1]) : first;
      if (last < first) {
        throw UserError.usage("The range '%s' in '--frames' ends before it starts.", trimmed);
      }
      frames.ranges.add(new Range(first, last));
    }
    return frames;
  }

  boolean contains(int frame) {
    return ranges.stream().anyMatch(range -> frame >= range.first() && frame <= range.last());
  }
}
