package org.peerworks.lib.slp;

import java.util.List;

/**
 * The images of a video that lie in the .slp file itself.
 *
 * @param dataset path of the images in the file, like {@code video0/video}
 * @param height of an image in pixels; 0 if the file does not say
 * @param width of an image in pixels; 0 if the file does not say
 * @param channels 1 or 3; 0 if the file does not say
 * @param bgr whether encoded images hold blue where others hold red
 * @param frameNumbers frame index of each image, in the order of the images
 */
public record EmbeddedFrames(
    String dataset,
    ImageFormat format,
    int height,
    int width,
    int channels,
    boolean bgr,
    List<Integer> frameNumbers) {

  public EmbeddedFrames {
    frameNumbers = List.copyOf(frameNumbers);
  }
}
