package org.peerworks.pose.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.peerworks.pose.config.TrainerConfig.EarlyStopping;
import org.peerworks.pose.config.TrainerConfig.Plateau;
import org.peerworks.pose.config.TrainerConfig.Step;

class ScheduleTest {

  @Test
  void theRateFallsWhenTheLossStays() {
    Plateau plateau = new Plateau(0, false, 1, 2, 0.5, 0.3);
    LearningRate rate = new LearningRate(1, Optional.of(plateau), Optional.empty());
    rate.epochEnded(1);
    rate.epochEnded(0.5);
    rate.epochEnded(0.5);
    rate.epochEnded(0.5);
    assertThat(rate.rate()).isEqualTo(1);
    rate.epochEnded(0.5);
    assertThat(rate.rate()).isEqualTo(0.5);
    // One epoch to cool down, then three that are no better; the rate stays above its limit.
    for (int i = 0; i < 4; i++) {
      rate.epochEnded(0.5);
    }
    assertThat(rate.rate()).isEqualTo(0.3);
  }

  @Test
  void theRateStaysWhileTheLossFalls() {
    Plateau plateau = new Plateau(0.1, true, 0, 0, 0.5, 0);
    LearningRate rate = new LearningRate(1, Optional.of(plateau), Optional.empty());
    for (double loss = 1; loss > 0.01; loss *= 0.8) {
      rate.epochEnded(loss);
    }
    assertThat(rate.rate()).isEqualTo(1);
    rate.epochEnded(0.01);
    rate.epochEnded(0.0095);
    assertThat(rate.rate()).isLessThan(1);
  }

  @Test
  void theRateFallsEveryFewEpochs() {
    LearningRate rate = new LearningRate(1, Optional.empty(), Optional.of(new Step(2, 0.1)));
    IntStream.range(0, 5).forEach(epoch -> rate.epochEnded(1));
    assertThat(rate.rate()).isCloseTo(0.01, within(1e-12));
  }

  @Test
  void trainingStopsWhenNothingGetsBetter() {
    Patience patience = new Patience(Optional.of(new EarlyStopping(0.1, 2)));
    assertThat(patience.exhausted(1)).isFalse();
    assertThat(patience.exhausted(0.95)).isFalse();
    assertThat(patience.exhausted(0.5)).isFalse();
    assertThat(patience.exhausted(0.45)).isFalse();
    assertThat(patience.exhausted(0.45)).isTrue();
    assertThat(new Patience(Optional.empty()).exhausted(5)).isFalse();
  }

  /** Wherever it is cut. */
  @Test
  void aScheduleGoesOnAsIfNothingHadHappened() {
    double[] losses = {5, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3};
    Plateau plateau = new Plateau(0, false, 1, 1, 0.5, 1e-6);
    Optional<Plateau> lowered = Optional.of(plateau);
    Optional<Step> stepped = Optional.of(new Step(5, 0.1));
    Optional<EarlyStopping> stopping = Optional.of(new EarlyStopping(0, 4));
    LearningRate whole = new LearningRate(1, lowered, stepped);
    Patience patience = new Patience(stopping);
    for (double loss : losses) {
      LearningRate rest = new LearningRate(7, lowered, stepped);
      rest.resume(whole.state());
      Patience patient = new Patience(stopping);
      patient.resume(patience.state());
      whole.epochEnded(loss);
      rest.epochEnded(loss);
      assertThat(rest.state()).isEqualTo(whole.state());
      assertThat(patient.exhausted(loss)).isEqualTo(patience.exhausted(loss));
      assertThat(patient.state()).isEqualTo(patience.state());
    }
    assertThat(whole.rate()).isLessThan(0.01);
    assertThat(patience.state()).isEqualTo(new Patience.State(3, 6));
  }

  @Test
  void aFractionIsSetAside() {
    List<Sample> samples = IntStream.range(0, 20).mapToObj(i -> sample(i)).toList();
    Splits splits = Splits.of(samples, 0.1, 7);
    assertThat(splits.validation()).hasSize(2);
    assertThat(splits.training()).hasSize(18).doesNotContainAnyElementsOf(splits.validation());
    assertThat(Splits.of(samples, 0.1, 7)).isEqualTo(splits);
    assertThat(Splits.of(samples.subList(0, 1), 0.1, 7).validation()).hasSize(1);
    assertThat(Splits.of(samples, 0, 7).validation()).hasSize(1);
  }

  private static Sample sample(int frame) {
    return new Sample(new Sample.Frame(null, null, frame), Optional.empty(), List.of());
  }

  @Test
  void animalsOfOneFrameStayTogether() {
    List<Sample> samples = IntStream.range(0, 20).mapToObj(i -> sample(i / 2)).toList();
    Splits splits = Splits.of(samples, 0.3, 7);
    assertThat(splits.validation()).hasSize(6);
    assertThat(Splits.frames(splits.validation())).isEqualTo(3);
    assertThat(Splits.frames(splits.training())).isEqualTo(7);
  }
}
