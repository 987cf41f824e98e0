package org.peerworks.pose.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.peerworks.pose.UserError;

class AffineTest {

  @Test
  void theInverseUndoesEverything() {
    Affine map = Affine.about(10, 20, 33, 1.2, 3, -4).then(Affine.resize(0.5));
    Affine both = map.then(map.inverse());
    assertThat(both.x(7, 9)).isCloseTo(7, within(1e-9));
    assertThat(both.y(7, 9)).isCloseTo(9, within(1e-9));
  }

  @Test
  void aTurnLeavesTheCentreAndMovesTheRest() {
    Affine quarter = Affine.about(5, 5, 90, 1, 0, 0);
    assertThat(quarter.x(5, 5)).isCloseTo(5, within(1e-9));
    assertThat(quarter.x(6, 5)).isCloseTo(5, within(1e-9));
    assertThat(quarter.y(6, 5)).isCloseTo(6, within(1e-9));
  }

  @Test
  void drawingMovesPixelsToWhereTheMapSays() {
    float[] data = new float[20 * 20];
    data[12 * 20 + 4] = 1;
    Affine map = Affine.about(9.5, 9.5, 90, 1, 2, 0);
    Raster drawn = map.draw(new Raster(1, 20, 20, data), 20, 20);
    int x = (int) Math.round(map.x(4, 12));
    int y = (int) Math.round(map.y(4, 12));
    assertThat(drawn.data()[y * 20 + x]).isCloseTo(1, within(1e-4f));
  }

  @Test
  void halvingAveragesFourPixels() {
    Raster small = Affine.resize(0.5).draw(new Raster(1, 2, 2, new float[] {0, 1, 1, 0}), 1, 1);
    assertThat(small.data()[0]).isCloseTo(0.5f, within(1e-6f));
  }

  @Test
  void imagesAreFittedScaledAndPadded() throws UserError {
    InputShape shape = InputShape.whole(1, 100, 200, 0.5, 16);
    assertThat(shape.height()).isEqualTo(64);
    assertThat(shape.width()).isEqualTo(112);
    // Twice as large as what fits, so a quarter at scale one half.
    assertThat(shape.from(200, 400).a()).isEqualTo(0.25);
    Raster white = new Raster(1, 100, 200, filled(100 * 200));
    Raster input = shape.from(100, 200).draw(white, shape.height(), shape.width());
    assertThat(input.data()[49 * 112 + 99]).isCloseTo(1, within(1e-4f));
    assertThat(input.data()[50 * 112 + 99]).isZero();
    assertThat(input.data()[49 * 112 + 100]).isZero();
  }

  @Test
  void cropsHaveTheirCentreInTheMiddleAndBlackOutsideOfTheImage() throws UserError {
    InputShape shape = InputShape.whole(1, 100, 200, 0.5, 16).cropped(60, 16);
    assertThat(shape.height()).isEqualTo(32);
    assertThat(shape.width()).isEqualTo(32);
    Affine map = shape.around(200, 400, 20, 30);
    // 60 pixels of the fitted image, which is half as large, make 30 at scale one half.
    assertThat(map.x(20, 30)).isCloseTo(14.5, within(1e-9));
    assertThat(map.y(20, 30)).isCloseTo(14.5, within(1e-9));
    assertThat(map.a()).isEqualTo(0.25);
    Raster crop = map.draw(new Raster(1, 200, 400, filled(200 * 400)), 32, 32);
    assertThat(crop.data()[15 * 32 + 8]).isZero();
    assertThat(crop.data()[15 * 32 + 12]).isCloseTo(1, within(1e-4f));
    assertThat(map.inverse().x(14.5, 14.5)).isCloseTo(20, within(1e-9));
  }

  @Test
  void channelsAreMadeAsWanted() {
    Raster grey = new Raster(1, 1, 1, new float[] {0.5f});
    assertThat(grey.withChannels(3).data()).containsExactly(0.5f, 0.5f, 0.5f);
    assertThat(grey.withChannels(3).withChannels(1).data()[0]).isCloseTo(0.5f, within(1e-6f));
  }

  private static float[] filled(int size) {
    float[] data = new float[size];
    java.util.Arrays.fill(data, 1);
    return data;
  }
}
