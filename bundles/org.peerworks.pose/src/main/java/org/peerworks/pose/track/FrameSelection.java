package org.peerworks.pose.track;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.peerworks.lib.slp.LabeledFrame;
import org.peerworks.lib.slp.Labels;
import org.peerworks.lib.slp.Suggestion;
import org.peerworks.lib.slp.Video;
import org.peerworks.pose.UserError;

/**
 * Which frames are to be tracked.
 *
 * @param kind which of them
 * @param excludeLabeled leaves out those that a person labelled
 * @param frames only these, if given
 * @param video only this one, if given
 */
record FrameSelection(
    Kind kind, boolean excludeLabeled, Optional<FrameRange> frames, OptionalInt video) {

  /** Where frames come from. */
  enum Kind {
    ALL,
    SUGGESTED,
    LABELED,
    PREDICTED
  }

  /** Tells the numbers of all frames of a video. */
  @FunctionalInterface
  interface VideoLength {
    List<Integer> frames(Video video) throws UserError, IOException;
  }

  /** A frame to track. */
  record Frame(int video, int frameIndex) {}

  /**
   * The frames in the order of the file, each once.
   *
   * @param all tells the frames of a video
   * @throws UserError if there are none
   */
  List<Frame> select(Labels labels, VideoLength all) throws UserError, IOException {
    Set<Frame> labeled = new LinkedHashSet<>();
    Set<Frame> predicted = new LinkedHashSet<>();
    for (LabeledFrame frame : labels.frames()) {
      Frame key = new Frame(frame.video(), frame.frameIndex());
      if (!frame.instances().isEmpty()) {
        labeled.add(key);
      }
      if (!frame.predicted().isEmpty()) {
        predicted.add(key);
      }
    }
    Set<Frame> candidates =
        switch (kind) {
          case LABELED -> labeled;
          case PREDICTED -> predicted;
          case SUGGESTED -> suggested(labels);
          case ALL -> all(labels, all);
        };
    Predicate<Frame> wanted =
        frame -> frames.map(range -> range.contains(frame.frameIndex())).orElse(true);
    wanted = wanted.and(frame -> video.isEmpty() || video.getAsInt() == frame.video());
    wanted = wanted.and(frame -> !excludeLabeled || !labeled.contains(frame));
    List<Frame> selected = new ArrayList<>(candidates.stream().filter(wanted).toList());
    if (selected.isEmpty()) {
      throw UserError.data(
          "There is no frame to track: the file has %d videos, %d labelled and %d suggested frames, and none was selected.",
          labels.videos().size(), labeled.size(), labels.suggestions().size());
    }
    return selected;
  }

  private static Set<Frame> suggested(Labels labels) {
    Set<Frame> frames = new LinkedHashSet<>();
    for (Suggestion suggestion : labels.suggestions()) {
      frames.add(new Frame(suggestion.video(), suggestion.frameIndex()));
    }
    return frames;
  }

  private Set<Frame> all(Labels labels, VideoLength all) throws UserError, IOException {
    Set<Frame> frames = new LinkedHashSet<>();
    for (int i = 0; i < labels.videos().size(); i++) {
      if (video.isPresent() && video.getAsInt() != i) {
        continue;
      }
      for (int number : all.frames(labels.videos().get(i))) {
        frames.add(new Frame(i, number));
      }
    }
    return frames;
  }
}
