package org.peerworks.pose.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerworks.lib.slp.Point;
import org.peerworks.pose.image.Affine;
import org.peerworks.pose.net.PeakFinder.Peak;

class PeakFinderTest {

  private static final int SIZE = 64;
  private static final int STRIDE = 4;
  private static final int CELLS = SIZE / STRIDE;

  private final ConfidenceMaps maps = new ConfidenceMaps(5, STRIDE, SIZE, SIZE);
  private final PeakFinder finder = new PeakFinder(0.2, STRIDE);

  private Optional<Peak> found(Point point) {
    float[] map = new float[maps.size(1)];
    maps.draw(List.of(point), Affine.IDENTITY, map, 0);
    return finder.find(map, 0, 1, CELLS, CELLS).get(0);
  }

  @Test
  void whatWasDrawnIsFoundBelowThePixel() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      Point point =
          new Point(6 + 48 * random.nextDouble(), 6 + 48 * random.nextDouble(), true, true);
      Peak peak = found(point).orElseThrow();
      assertThat(peak.x()).isCloseTo(point.x(), within(0.01));
      assertThat(peak.y()).isCloseTo(point.y(), within(0.01));
      assertThat(peak.score()).isBetween(0.8, 1.0);
    }
  }

  @Test
  void aMissingOrHiddenPartHasNoPeak() {
    assertThat(found(Point.MISSING)).isEmpty();
    assertThat(found(new Point(30, 30, false, true))).isEmpty();
    assertThat(found(new Point(-500, 30, true, true))).isEmpty();
  }

  @Test
  void peaksAtTheEdgeStayInside() {
    Peak peak = found(new Point(0, 63, true, true)).orElseThrow();
    assertThat(peak.x()).isBetween(0.0, 2.0);
    assertThat(peak.y()).isBetween(58.0, 62.0);
  }

  @Test
  void answersThatAreNoNumbersFindNothing() {
    float[] map = new float[CELLS * CELLS];
    Arrays.fill(map, Float.NaN);
    assertThat(finder.find(map, 0, 1, CELLS, CELLS).get(0)).isEmpty();
  }
}
