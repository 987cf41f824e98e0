package org.peerworks.lib.slp;

import java.util.List;

/** All that a .slp file says, but for the images. */
public record Labels(
    List<Skeleton> skeletons,
    List<Video> videos,
    List<Track> tracks,
    List<LabeledFrame> frames,
    List<Suggestion> suggestions) {

  public Labels {
    skeletons = List.copyOf(skeletons);
    videos = List.copyOf(videos);
    tracks = List.copyOf(tracks);
    frames = List.copyOf(frames);
    suggestions = List.copyOf(suggestions);
  }
}
