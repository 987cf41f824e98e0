package org.peerworks.pose.train;

import java.util.List;
import org.peerworks.lib.slp.Point;
import org.peerworks.lib.slp.SlpFile;
import org.peerworks.lib.slp.Video;

/**
 * A labelled frame to learn from.
 *
 * @param points of the one animal, in the order of the model's parts
 */
record Sample(SlpFile file, Video video, int frameIndex, List<Point> points) {}
