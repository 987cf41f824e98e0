package org.peerworks.lib.slp;

import java.util.List;

/**
 * Where the frames of one video are.
 *
 * @param names paths as somebody's computer knew them: of the video, or of each image of a
 *     sequence; empty if they are embedded
 * @param embedded whether the images are in the .slp file itself
 */
public record VideoFiles(List<String> names, boolean embedded) {

  static final String TABLE = "videos_json";

  public VideoFiles {
    names = List.copyOf(names);
  }
}
