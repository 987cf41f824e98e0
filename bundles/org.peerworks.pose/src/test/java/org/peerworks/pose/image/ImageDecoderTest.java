package org.peerworks.pose.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.peerworks.lib.slp.EmbeddedFrames;
import org.peerworks.lib.slp.EmbeddedImage;
import org.peerworks.lib.slp.ImageFormat;
import org.peerworks.pose.UserError;

class ImageDecoderTest {

  private static EmbeddedImage image(ImageFormat format, boolean bgr, byte[] data) {
    return new EmbeddedImage(
        new EmbeddedFrames("video0/video", format, 2, 3, 3, bgr, List.of(8)), 8, data);
  }

  private static byte[] png(int type) throws IOException {
    BufferedImage image = new BufferedImage(3, 2, type);
    image.setRGB(2, 1, 0xff3366);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  @Test
  void colourImagesHaveThreeChannels() throws IOException, UserError {
    Raster raster =
        ImageDecoder.decode(image(ImageFormat.PNG, false, png(BufferedImage.TYPE_INT_RGB)));
    assertThat(raster.channels()).isEqualTo(3);
    assertThat(raster.data()[5]).isEqualTo(1);
    assertThat(raster.data()[11]).isCloseTo(0.2f, within(1e-6f));
    assertThat(raster.data()[17]).isCloseTo(0.4f, within(1e-6f));
  }

  @Test
  void redAndBlueAreSwappedWhereTheFileSaysSo() throws IOException, UserError {
    Raster raster =
        ImageDecoder.decode(image(ImageFormat.PNG, true, png(BufferedImage.TYPE_INT_RGB)));
    assertThat(raster.data()[17]).isEqualTo(1);
  }

  @Test
  void greyImagesKeepTheirValues() throws IOException, UserError {
    BufferedImage grey = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(1, 0, 0, 51);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(grey, "png", bytes);
    Raster raster = ImageDecoder.decode(image(ImageFormat.PNG, false, bytes.toByteArray()));
    assertThat(raster.channels()).isEqualTo(1);
    assertThat(raster.data()[1]).isCloseTo(0.2f, within(1e-6f));
  }

  @Test
  void rawImagesAreRowsOfPixels() throws UserError {
    byte[] data = new byte[18];
    data[3] = (byte) 255;
    Raster raster = ImageDecoder.decode(image(ImageFormat.HDF5, false, data));
    assertThat(raster.data()[1]).isEqualTo(1);
    assertThatThrownBy(() -> ImageDecoder.decode(image(ImageFormat.HDF5, false, new byte[17])))
        .hasMessageContaining("17 bytes");
  }

  @Test
  void damagedImagesAreNamed() throws IOException {
    byte[] sound = png(BufferedImage.TYPE_INT_RGB);
    int refused = 0;
    for (int length = 0; length < sound.length; length++) {
      try {
        // Some decoders make up what is missing at the end.
        Raster raster =
            ImageDecoder.decode(image(ImageFormat.PNG, false, Arrays.copyOf(sound, length)));
        assertThat(raster.width()).isEqualTo(3);
      } catch (UserError e) {
        refused++;
        assertThat(e).hasMessageContaining("frame 8");
      }
    }
    assertThat(refused).isGreaterThan(20);
  }

  @Test
  void anImageThatClaimsToBeHugeIsNotAllocated() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(png(BufferedImage.TYPE_INT_RGB));
    bytes.putInt(16, 200_000).putInt(20, 200_000);
    CRC32 crc = new CRC32();
    crc.update(bytes.array(), 12, 17);
    bytes.putInt(29, (int) crc.getValue());
    assertThatThrownBy(() -> ImageDecoder.decode(image(ImageFormat.PNG, false, bytes.array())))
        .hasMessageContaining("200000");
  }

  @Test
  void largerImagesThanAllowedAreRefused() throws IOException, UserError {
    EmbeddedImage image = image(ImageFormat.PNG, false, png(BufferedImage.TYPE_INT_RGB));
    assertThat(ImageDecoder.decode(image, 6).width()).isEqualTo(3);
    assertThatThrownBy(() -> ImageDecoder.decode(image, 5))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("3×2 pixels large; at most 5 pixels are read");
  }
}
