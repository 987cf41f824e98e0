package org.peerworks.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochLineTest {

  @Test
  void readsTheBuiltInTrainersLine() {
    assertThat(EpochLine.parse("Epoch 3/50: train_loss=0.0012 val_loss=0.0013 (1.2 s)"))
        .contains(new EpochLine(3, 3, 50, "loss 0.0012, val 0.0013"));
  }

  @Test
  void readsTqdmsBar() {
    assertThat(
            EpochLine.parse(
                "Epoch 3:  24%|██▍       | 12/50 [00:10<00:31, 1.2it/s, v_num=0, train_loss=1e-3]"))
        .contains(new EpochLine(3, 4, 0, "loss 1e-3"));
    assertThat(EpochLine.parse("Epoch 3: 100%|██████████| 50/50 [00:10<00:00, val/loss=0.5]"))
        .contains(new EpochLine(4, 4, 0, "val 0.5"));
  }

  @Test
  void readsRichsBar() {
    assertThat(
            EpochLine.parse(
                "Epoch 3/49  ━━━━━━━━╸━━━━━━━ 12/50 0:00:10 • 0:00:31 1.2it/s train/loss: 0.002"))
        .contains(new EpochLine(3, 4, 50, "loss 0.002"));
    assertThat(EpochLine.parse("Epoch 49/49 ━━━━━━━━ 50/50 0:00:10 • 0:00:00"))
        .contains(new EpochLine(50, 50, 50, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Epoch",
        "Epoch one/two: x",
        "Validation DataLoader 0: 100%|█| 1/1 [",
        "Epoch 3:"
      })
  void otherLinesSayNothing(String line) {
    assertThat(EpochLine.parse(line)).isEmpty();
  }
}
