package org.peerworks.lib.slp;

import java.util.Optional;

/**
 * A video that frames belong to.
 *
 * @param filename of the video, as somebody's computer knew it; of the video that the images came
 *     from if they are embedded; may be empty
 * @param embedded the images that are in the file, if any
 * @param grayscale whether frames are read with one channel; empty if the file leaves it to the
 *     reader to look at the first frame
 */
public record Video(
    String filename, Optional<EmbeddedFrames> embedded, Optional<Boolean> grayscale) {

  /** A video of which nobody has said whether it is grey. */
  public Video(String filename, Optional<EmbeddedFrames> embedded) {
    this(filename, embedded, Optional.empty());
  }
}
