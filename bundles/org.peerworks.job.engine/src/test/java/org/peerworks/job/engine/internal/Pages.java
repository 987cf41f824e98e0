package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.peerworks.job.api.JobPage;
import org.peerworks.job.api.JobQuery;

/**
 * How long it takes to list many jobs.
 *
 * @param slowest page of all jobs, in milliseconds
 * @param slowestOfOwn page of the caller's own jobs, half of them all, in milliseconds
 */
record Pages(double seconds, double slowest, double slowestOfOwn) {

  static Pages measure(Path data, int jobs) throws IOException {
    fill(data, jobs);
    try (Worker worker = new Worker(data, Map.of("keepJobs", 0L))) {
      list(worker, false, jobs); // warms up
      long start = System.nanoTime();
      double slowest = list(worker, false, jobs);
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Pages(seconds, slowest, list(worker, true, (jobs + 1) / 2));
    }
  }

  static void fill(Path data, int jobs) throws IOException {
    JobFiles files = new JobFiles(data);
    try (Store store = Store.open(files.database(), files.jobs(), number -> {})) {
      JobIds ids = new JobIds(Clock.systemUTC(), "");
      CompletableFuture<?> last = CompletableFuture.completedFuture(null);
      for (int i = 0; i < jobs; i++) {
        StoredJob job = Rowing.ended(ids.next(), i % 2 == 0 ? Worker.ANNA : Worker.BERT, i);
        if (i % 5000 == 0) {
          Worker.get(last); // not all in memory at once
        }
        last = store.writer().write(rows -> rows.addJob(job, false));
      }
      Worker.get(last);
    }
  }

  private static double list(Worker worker, boolean own, int expected) {
    double slowest = 0;
    int count = 0;
    String before = "";
    do {
      long start = System.nanoTime();
      JobPage page =
          Worker.get(worker.as(Worker.ANNA).list(new JobQuery(Set.of(), own, before, 1000)));
      slowest = Math.max(slowest, (System.nanoTime() - start) / 1e6);
      count += page.jobs().size();
      before = page.next();
    } while (!before.isEmpty());
    if (count != expected) {
      throw new IllegalStateException("Listed " + count + " jobs of " + expected + ".");
    }
    return slowest;
  }
}
