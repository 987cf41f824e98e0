package org.peerworks.pose.train;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.peerworks.pose.options.JobOptions;

class TrainOptionsTest {

  @Test
  void whatAJobOfTheWorkerMaySayIsServedOrRefusedByName() throws IOException {
    JobOptions.areServedOrRefused(
        TrainCommand.parser(),
        "org.peerworks.job.train/src/main/java/org/peerworks/job/train/TrainCommand.java",
        6);
  }
}
