package org.peerworks.pose.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.peerworks.lib.slp.EmbeddedFrames;
import org.peerworks.lib.slp.EmbeddedImage;
import org.peerworks.lib.slp.ImageFormat;
import org.peerworks.pose.UserError;

/** Decodes embedded images. */
public final class ImageDecoder {

  private static final int MOST_PIXELS = 64_000_000;

  private ImageDecoder() {}

  /** Decodes one image of at most 64 million pixels. */
  public static Raster decode(EmbeddedImage image) throws UserError {
    return decode(image, MOST_PIXELS);
  }

  /**
   * Decodes one image.
   *
   * @param maxPixels width times height
   * @return one channel if the image is grey, else red, green, blue
   * @throws UserError if it is damaged or too large
   */
  public static Raster decode(EmbeddedImage image, int maxPixels) throws UserError {
    try {
      return image.frames().format() == ImageFormat.HDF5
          ? raw(image, maxPixels)
          : raster(encoded(image.data(), maxPixels), image.frames().bgr());
    } catch (IOException | RuntimeException e) {
      throw UserError.data(
          e,
          "The embedded image of frame %d in '%s' cannot be decoded: %s.",
          image.frameIndex(),
          image.frames().dataset(),
          e.getMessage());
    }
  }

  private static BufferedImage encoded(byte[] data, int maxPixels) throws IOException {
    ImageIO.setUseCache(false);
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(data))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("it is neither PNG nor JPEG");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        check(reader.getHeight(0), reader.getWidth(0), maxPixels);
        return reader.read(0);
      } finally {
        reader.dispose();
      }
    }
  }

  private static void check(long height, long width, int maxPixels) throws IOException {
    if (height < 1 || width < 1 || height * width > maxPixels) {
      throw new IOException(
          "it claims to be "
              + width
              + "×"
              + height
              + " pixels large; at most "
              + maxPixels
              + " pixels are read");
    }
  }

  private static Raster raster(BufferedImage image, boolean swap) {
    int width = image.getWidth();
    int height = image.getHeight();
    int size = width * height;
    if (image.getRaster().getNumBands() == 1
        && image.getSampleModel().getSampleSize(0) == 8
        && image.getType() == BufferedImage.TYPE_BYTE_GRAY) {
      int[] samples = image.getRaster().getSamples(0, 0, width, height, 0, (int[]) null);
      float[] grey = new float[size];
      for (int i = 0; i < size; i++) {
        grey[i] = samples[i] / 255f;
      }
      return new Raster(1, height, width, grey);
    }
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    float[] data = new float[3 * size];
    int red = swap ? 2 : 0;
    for (int i = 0; i < size; i++) {
      data[red * size + i] = (pixels[i] >> 16 & 0xff) / 255f;
      data[size + i] = (pixels[i] >> 8 & 0xff) / 255f;
      data[(2 - red) * size + i] = (pixels[i] & 0xff) / 255f;
    }
    return new Raster(3, height, width, data);
  }

  private static Raster raw(EmbeddedImage image, int maxPixels) throws IOException {
    EmbeddedFrames frames = image.frames();
    int channels = Math.max(1, frames.channels());
    int height = frames.height();
    int width = frames.width();
    check(height, width, maxPixels);
    byte[] bytes = image.data();
    if (bytes.length != (long) height * width * channels || channels != 1 && channels != 3) {
      throw new IOException(
          "its %d bytes do not make %d×%d pixels of %d channels"
              .formatted(bytes.length, width, height, channels));
    }
    int size = height * width;
    float[] data = new float[bytes.length];
    for (int i = 0; i < size; i++) {
      for (int channel = 0; channel < channels; channel++) {
        int target = frames.bgr() ? channels - 1 - channel : channel;
        data[target * size + i] = (bytes[i * channels + channel] & 0xff) / 255f;
      }
    }
    return new Raster(channels, height, width, data);
  }
}
