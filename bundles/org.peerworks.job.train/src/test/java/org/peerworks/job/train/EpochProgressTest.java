package org.peerworks.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.peerworks.job.api.Progress;
import org.peerworks.lib.sleap.ForwardProgress;

class EpochProgressTest {

  private final List<Progress> seen = new ArrayList<>();
  private final ForwardProgress forward = new ForwardProgress(seen::add);

  @Test
  void aModelThatStopsEarlyCountsAsDone() {
    EpochProgress progress = new EpochProgress(forward, List.of(model("a", 50), model("b", 10)));

    progress.start(0).accept("Epoch 3/50: train_loss=0.1 val_loss=0.2 (1 s)");
    progress.end(0);
    Consumer<String> second = progress.start(1);
    second.accept("Epoch 4/10: train_loss=0.1 val_loss=0.2 (1 s)");

    Progress last = seen.get(seen.size() - 1);
    assertThat(last.done()).isEqualTo(54);
    assertThat(last.total()).isEqualTo(60);
    assertThat(last.message())
        .startsWith("epoch 4/10, loss 0.1, val 0.2, about ")
        .endsWith(" left, model 2/2 'b'");
    assertThat(seen).extracting(Progress::done).isSorted().contains(50L);
  }

  @Test
  void theLastReportOfAModelHasItsLosses() {
    EpochProgress progress = new EpochProgress(forward, List.of(model("a", 50)));

    progress.start(0).accept("Epoch 3/50: train_loss=0.1 val_loss=0.2 (1 s)");
    progress.end(0);

    assertThat(seen.get(seen.size() - 1).message())
        .isEqualTo("done, loss 0.1, val 0.2, model 1/1 'a'");
  }

  @Test
  void anUnknownNumberOfEpochsHasNoTotal() {
    EpochProgress progress = new EpochProgress(forward, List.of(model("a", 0)));

    progress.start(0).accept("Epoch 2: 100%|██| 5/5 [00:01<00:00, train_loss=0.1]");

    assertThat(seen.get(seen.size() - 1))
        .isEqualTo(new Progress(3, 0, "epoch", "epoch 3, loss 0.1, model 1/1 'a'"));
  }

  @Test
  void theTrainerTellsTheEpochsThatTheConfigurationDoesNot() {
    EpochProgress progress = new EpochProgress(forward, List.of(model("a", 0)));

    progress.start(0).accept("Epoch 3/50: train_loss=0.1 val_loss=0.2 (1 s)");

    assertThat(seen.get(seen.size() - 1).done()).isEqualTo(3);
    assertThat(seen.get(seen.size() - 1).total()).isEqualTo(50);
  }

  @Test
  void messagesStayShort() {
    EpochProgress progress = new EpochProgress(forward, List.of(model("x".repeat(250), 5)));

    progress.start(0).accept("Epoch 1/5: " + "train_loss=0.1 ".repeat(500));

    assertThat(seen).allMatch(report -> report.message().length() <= 500);
  }

  private static ModelPlan model(String name, long epochs) {
    return new ModelPlan(name, name, "", epochs, List.of(), List.of());
  }
}
