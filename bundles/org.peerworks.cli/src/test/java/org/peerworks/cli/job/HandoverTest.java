package org.peerworks.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerworks.job.api.TransferListener;

final class HandoverTest {

  @Test
  void filesAreUnderWayUntilAllThatWereSeenHaveArrived() {
    Handover handover = new Handover(2, TransferListener.NONE);
    assertThat(handover.underWay()).isTrue();

    handover.transferred("a", 0, 10);
    assertThat(handover.underWay()).isTrue();
    handover.transferred("a", 10, 10);
    assertThat(handover.underWay()).as("'b' may have the content of 'a'").isFalse();
    handover.transferred("b", 0, 10);
    assertThat(handover.underWay()).isTrue();
    handover.transferred("b", 10, 10);
    assertThat(handover.underWay()).isFalse();
  }

  @Test
  void aSubmitWithoutFilesMayHaveBeenAskedAtOnce() {
    assertThat(new Handover(0, TransferListener.NONE).underWay()).isFalse();
  }

  @Test
  void emptyFilesHaveArrivedWhenTheyAreSeen() {
    Handover handover = new Handover(1, TransferListener.NONE);
    handover.transferred("a", 0, 0);

    assertThat(handover.underWay()).isFalse();
  }

  @Test
  void aFileThatSetsOutLaterIsHeardOf() {
    Handover handover = new Handover(2, TransferListener.NONE);
    handover.transferred("a", 10, 10);
    var news = handover.untilUnderWay().toCompletableFuture();
    assertThat(news).isNotDone();

    handover.transferred("b", 3, 10);

    assertThat(news).isDone();
  }

  @Test
  void whoeverShowsProgressIsTold() {
    List<String> told = new ArrayList<>();
    new Handover(1, (name, done, total) -> told.add(name + " " + done + "/" + total))
        .transferred("a", 1, 2);

    assertThat(told).containsExactly("a 1/2");
  }
}
