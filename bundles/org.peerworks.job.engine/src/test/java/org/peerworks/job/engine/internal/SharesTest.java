package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SharesTest {

  private final Shares shares = new Shares(20, 12, 2);

  private int takeAll(String caller) {
    int taken = 0;
    while (shares.take(caller) == Shares.Verdict.TAKEN) {
      taken++;
    }
    return taken;
  }

  @Test
  void oneCallerHasNoMoreThanItsShare() {
    assertThat(takeAll("a")).isEqualTo(12);
    assertThat(shares.take("a")).isEqualTo(Shares.Verdict.TOO_MANY);
  }

  @Test
  void whoHasFilledTheQueueUnderManyNamesDoesNotKeepOthersOut() {
    assertThat(takeAll("a")).isEqualTo(12);
    assertThat(takeAll("b")).as("up to three quarters").isEqualTo(3);
    assertThat(shares.take("b")).isEqualTo(Shares.Verdict.FULL);
    assertThat(takeAll("c")).as("of the last quarter").isEqualTo(2);
    assertThat(takeAll("d")).isEqualTo(2);
  }

  @Test
  void thereAreNeverMoreThanTheMost() {
    for (int i = 0; i < 100; i++) {
      takeAll("caller" + i);
    }
    assertThat(shares.all()).isEqualTo(20);
    assertThat(shares.take("new")).isEqualTo(Shares.Verdict.FULL);
  }

  @Test
  void whatIsGivenBackIsFree() {
    assertThat(takeAll("a")).isEqualTo(12);
    for (int i = 0; i < 12; i++) {
      shares.giveBack("a");
    }
    assertThat(shares.all()).isZero();
    assertThat(takeAll("a")).isEqualTo(12);
  }

  @Test
  void whatIsThereAlreadyCountsWhateverTheLimitsAre() {
    for (int i = 0; i < 30; i++) {
      shares.add("a");
    }
    assertThat(shares.take("b")).isEqualTo(Shares.Verdict.FULL);
    assertThat(shares.take("a")).isEqualTo(Shares.Verdict.TOO_MANY);
  }
}
