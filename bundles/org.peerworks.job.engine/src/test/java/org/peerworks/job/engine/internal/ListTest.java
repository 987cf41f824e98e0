package org.peerworks.job.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.job.api.Caller;
import org.peerworks.job.api.JobPage;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobState;

final class ListTest {

  private static final int JOBS = 30;
  private static final String LARGE = "{\"a\":\"" + "x".repeat(250_000) + "\"}";

  @TempDir Path data;

  private static List<String> ids(Worker worker, Caller caller, JobQuery first, int maxPerPage) {
    List<String> ids = new ArrayList<>();
    String before = "";
    do {
      JobPage page =
          Worker.get(
              worker
                  .as(caller)
                  .list(new JobQuery(first.states(), first.onlyMine(), before, first.limit())));
      assertThat(page.jobs()).hasSizeBetween(1, maxPerPage);
      page.jobs().forEach(job -> ids.add(job.id()));
      before = page.next();
    } while (!before.isEmpty());
    return ids;
  }

  @Test
  void aPageOfLargeJobsHasFewerOfThemAndSaysWhereTheNextBegins() throws Exception {
    try (Worker worker = new Worker(data)) {
      List<String> ids = new ArrayList<>();
      worker.with("t", Worker.NOTHING);
      for (int i = 0; i < JOBS; i++) {
        ids.add(worker.submit(Worker.request("t", LARGE)).id());
        worker.awaitEnd(ids.get(i));
      }
      Collections.reverse(ids);
      JobQuery all = JobQuery.newest(1000);
      JobQuery some = new JobQuery(Set.of(JobState.SUCCEEDED, JobState.RUNNING), true, "", 1000);
      assertThat(ids(worker, Worker.ANNA, all, 12)).isEqualTo(ids);
      assertThat(ids(worker, Worker.ANNA, some, 12)).isEqualTo(ids);
      assertThat(Worker.get(worker.as(Worker.BERT).list(all)).jobs())
          .hasSize(JOBS)
          .allMatch(job -> job.parameters().equals("{}"));
      assertThat(worker.job(ids.get(0)).parameters()).isEqualTo(LARGE);
    }
  }

  @Test
  void parametersAreKeptWithoutBlanksBetweenTheirValues() throws Exception {
    try (Worker worker = new Worker(data).with("t", Worker.NOTHING)) {
      String id =
          worker
              .submit(
                  Worker.request(
                      "t", " {\n\t\"a b\" : [ 1.00 , \"x \\\" y\\\\\" ] , \"c\":1e400 }\r\n"))
              .id();
      assertThat(worker.job(id).parameters())
          .isEqualTo("{\"a b\":[1.00,\"x \\\" y\\\\\"],\"c\":1e400}");
    }
  }
}
