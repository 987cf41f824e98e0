package org.peerworks.pose.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
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
  private final PeakFinder finder = new PeakFinder(0.2, STRIDE, CELLS, CELLS);

  private Optional<Peak> found(Point point) {
    float[] map = new float[maps.size(1)];
    maps.draw(List.of(List.of(point)), Affine.IDENTITY, map, 0);
    return finder.highest(map, 0, 1).get(0);
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
    assertThat(finder.highest(map, 0, 1).get(0)).isEmpty();
  }

  @Test
  void allThatWasDrawnOnOneMapIsFoundTheHighestFirst() {
    List<Point> points =
        List.of(
            new Point(12, 12, true, true),
            new Point(50.5, 14, true, true),
            new Point(30, 49, true, true),
            new Point(0, 63, true, true));
    float[] map = new float[maps.size(1)];
    maps.draw(List.of(points), Affine.IDENTITY, map, 0);

    List<Peak> peaks = finder.all(map, 0, 10);

    assertThat(peaks).hasSize(4);
    assertThat(peaks).isSortedAccordingTo(Comparator.comparingDouble(Peak::score).reversed());
    for (Point point : points.subList(0, 3)) {
      assertThat(peaks)
          .anySatisfy(
              peak ->
                  assertThat(Math.hypot(peak.x() - point.x(), peak.y() - point.y()))
                      .isLessThan(0.5));
    }
    assertThat(finder.all(map, 0, 2)).isEqualTo(peaks.subList(0, 2));
  }

  @Test
  void aFlatTopIsOnePeak() {
    float[] map = new float[CELLS * CELLS];
    for (int at : List.of(5 * CELLS + 5, 5 * CELLS + 6, 6 * CELLS + 5, 6 * CELLS + 6)) {
      map[at] = 0.7f;
    }
    assertThat(finder.all(map, 0, 10)).hasSize(1);
    Arrays.fill(map, Float.NaN);
    assertThat(finder.all(map, 0, 10)).isEmpty();
  }
}
