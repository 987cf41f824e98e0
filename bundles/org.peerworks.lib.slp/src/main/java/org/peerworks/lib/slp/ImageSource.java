package org.peerworks.lib.slp;

import java.io.IOException;

/** Gives the images that a new file is to contain. */
@FunctionalInterface
public interface ImageSource {

  /**
   * Encodes one image.
   *
   * @param video index in {@link Labels#videos()}
   * @param frameIndex one of the video's {@link EmbeddedFrames#frameNumbers()}
   * @return the image in the video's {@link EmbeddedFrames#format()}
   * @throws IOException if there is no such image
   */
  byte[] image(int video, int frameIndex) throws IOException;
}
