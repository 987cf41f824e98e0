package org.peerworks.lib.sleap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerworks.job.api.Progress;

class ForwardProgressTest {

  @Test
  void whatIsBehindIsDropped() {
    List<Long> passed = new ArrayList<>();
    ForwardProgress progress = new ForwardProgress(report -> passed.add(report.done()));

    for (long done : new long[] {0, 2, 1, 2, 3}) {
      progress.accept(new Progress(done, 10, "frame", ""));
    }

    assertThat(passed).containsExactly(0L, 2L, 2L, 3L);
  }
}
