package org.peerworks.pose.train;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.Video;
import org.peerworks.pose.FrameImages;
import org.peerworks.pose.UserError;
import org.peerworks.pose.image.Raster;

/**
 * One thing to learn from.
 *
 * @param centre what a crop is taken around; empty for the whole image
 * @param targets for each confidence map the points that are to be its peaks
 */
record Sample(Frame frame, Optional<Point> centre, List<List<Point>> targets) {

  /** Where its image is. */
  record Frame(SlpFile file, Video video, int index) {}

  Raster image(FrameImages images) throws UserError, IOException {
    return images.image(frame.file(), frame.video(), frame.index());
  }
}
