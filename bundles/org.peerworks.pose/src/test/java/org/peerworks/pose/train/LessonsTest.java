package org.peerworks.pose.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peerworks.lib.slp.Point;
import org.peerworks.pose.UserError;
import org.peerworks.pose.config.HeadConfig;
import org.peerworks.pose.config.HeadConfig.Type;

class LessonsTest {

  private static final List<String> PARTS = List.of("a", "b", "c");
  private static final Sample.Frame FRAME = new Sample.Frame(null, null, 4);

  private static final Point HIDDEN = new Point(500, 500, false, true);
  private static final List<Point> WHOLE = List.of(at(10, 20), at(30, 24), at(12, 60));
  private static final List<Point> PARTLY = List.of(Point.MISSING, at(100, 8), HIDDEN);

  private static Point at(double x, double y) {
    return new Point(x, y, true, true);
  }

  private static List<Sample> samples(Type type, String anchor) throws UserError {
    HeadConfig head = new HeadConfig(type, PARTS, Optional.ofNullable(anchor), 5, 2);
    return Lessons.of(head, PARTS).of(FRAME, List.of(WHOLE, PARTLY));
  }

  @Test
  void centroidsAreOneMapWithAllAnimals() throws UserError {
    List<Sample> samples = samples(Type.CENTROID, null);
    assertThat(samples).hasSize(1);
    assertThat(samples.get(0).centre()).isEmpty();
    assertThat(samples.get(0).targets()).containsExactly(List.of(at(20, 40), at(100, 8)));
  }

  @Test
  void theAnchorIsThePartWhereItIsSeenElseTheMiddleOfTheOthers() throws UserError {
    assertThat(samples(Type.CENTROID, "c").get(0).targets())
        .containsExactly(List.of(at(12, 60), at(100, 8)));
    assertThatThrownBy(() -> samples(Type.CENTROID, "tail"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("'tail'");
  }

  @Test
  void centeredInstancesAreOneSampleForEachAnimal() throws UserError {
    List<Sample> samples = samples(Type.CENTERED_INSTANCE, "a");
    assertThat(samples).hasSize(2);
    assertThat(samples.get(0).centre()).contains(at(10, 20));
    assertThat(samples.get(0).targets()).isEqualTo(WHOLE.stream().map(List::of).toList());
    assertThat(samples.get(1).centre()).contains(at(100, 8));
  }
}
