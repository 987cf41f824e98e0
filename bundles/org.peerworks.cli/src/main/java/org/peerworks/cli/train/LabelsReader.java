package org.peerworks.cli.train;

import java.io.IOException;
import java.nio.file.Path;

/** Reads what one must know of labels before they are trained on. */
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
   * @param imagesInside whether the images are in the file
   */
  record Labels(int labeledFrames, int mostAnimals, boolean imagesInside) {}
}
