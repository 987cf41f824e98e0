package org.peerworks.pose.image;

/**
 * An image as numbers: channel by channel, row by row, each from 0 to 1.
 *
 * @param data belongs to the raster; nobody changes it
 */
public record Raster(int channels, int height, int width, float[] data) {

  public Raster {
    if (data.length != channels * height * width) {
      throw new IllegalArgumentException("The data do not fit the size of the image");
    }
  }

  /** The same image with one or three channels (luma after ITU-R BT.601). */
  public Raster withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    int size = height * width;
    float[] result = new float[wanted * size];
    if (wanted == 1) {
      for (int i = 0; i < size; i++) {
        result[i] = 0.299f * data[i] + 0.587f * data[size + i] + 0.114f * data[2 * size + i];
      }
    } else {
      for (int channel = 0; channel < wanted; channel++) {
        System.arraycopy(data, 0, result, channel * size, size);
      }
    }
    return new Raster(wanted, height, width, result);
  }
}
