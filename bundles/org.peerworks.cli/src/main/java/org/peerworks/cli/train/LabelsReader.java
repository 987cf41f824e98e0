package org.peerworks.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads what one must know of labels before they are sent. */
@FunctionalInterface
public interface LabelsReader {

  /**
   * @throws IOException if the file is no file of labels; the message names it
   */
  Labels read(Path slp) throws IOException;

  /**
   * What is in a file of labels.
   *
   * @param labeledFrames frames with at least one animal that a person labelled
   * @param mostAnimals largest number of such animals in one frame
   * @param suggestedFrames frames that are suggested for tracking
   * @param imagesInside whether the images of all videos are in the file
   * @param videos those whose images are not in the file
   */
  record Labels(
      int labeledFrames,
      int mostAnimals,
      int suggestedFrames,
      boolean imagesInside,
      List<Video> videos) {

    public Labels {
      videos = List.copyOf(videos);
    }
  }

  /**
   * A video that labels refer to.
   *
   * @param index among all videos of the labels, from 0
   * @param path as it is stored in the labels, maybe of another computer
   * @param labeled whether a person labelled any of its frames
   * @param suggested whether any of its frames is suggested
   */
  record Video(int index, String path, boolean labeled, boolean suggested) {}
}
