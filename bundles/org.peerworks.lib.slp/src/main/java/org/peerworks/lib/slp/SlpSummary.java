package org.peerworks.lib.slp;

import java.util.List;

/**
 * What one wants to know about a file before work starts; cheap to get.
 *
 * @param labeledFrames frames with at least one instance that a person labelled
 * @param mostUserInstances largest number of such instances in one frame
 * @param nodeNames of the first skeleton; empty if there is none
 * @param suggestions number of suggested frames
 * @param videos number of videos
 * @param embeddedVideos number of videos whose images are in the file
 */
public record SlpSummary(
    int labeledFrames,
    int mostUserInstances,
    List<String> nodeNames,
    int suggestions,
    int videos,
    int embeddedVideos) {

  public SlpSummary {
    nodeNames = List.copyOf(nodeNames);
  }

  /** Whether each video's images are in the file, and there is at least one. */
  public boolean imagesEmbedded() {
    return videos > 0 && embeddedVideos == videos;
  }
}
