package org.peerworks.job.engine.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobOutput;
import org.peerworks.job.api.JobPage;
import org.peerworks.job.api.JobQuery;

/**
 * Reads pages of jobs, as one caller may see them. A page has fewer jobs than were asked for if
 * they are large; it always has one if there is one.
 */
final class JobPages {

  /** Bytes of the parameters, documents and outputs of one page. */
  private static final long MOST_BYTES = 2L << 20;

  private final StoreReaders readers;
  private final Scheduler scheduler;
  private final Sight sight;

  JobPages(StoreReaders readers, Scheduler scheduler, Sight sight) {
    this.readers = readers;
    this.scheduler = scheduler;
    this.sight = sight;
  }

  JobPage read(JobQuery query, long before) throws IOException {
    String owner = query.onlyMine() ? sight.caller().id() : null;
    return readers.read(
        queries -> {
          List<Queries.Light> rows = queries.page(query.states(), owner, before, query.limit());
          List<Queries.Light> fitting = fitting(rows);
          List<Long> mine =
              fitting.stream()
                  .map(Queries.Light::job)
                  .filter(job -> sight.owns(job.ownerId()))
                  .map(StoredJob::seq)
                  .toList();
          Map<Long, Queries.Texts> texts = queries.texts(mine);
          Map<Long, List<JobOutput>> outputs = queries.outputs(mine);
          List<Job> jobs = new ArrayList<>();
          for (Queries.Light row : fitting) {
            StoredJob job = row.job();
            Queries.Texts its = texts.get(job.seq());
            StoredJob whole = its == null ? job : job.withTexts(its.parameters(), its.document());
            List<JobOutput> files =
                job.state().isFinal() ? outputs.getOrDefault(job.seq(), List.of()) : List.of();
            jobs.add(sight.of(whole, scheduler.now(job), files));
          }
          boolean more = fitting.size() < rows.size() || rows.size() == query.limit();
          return new JobPage(
              jobs, more ? Long.toString(fitting.get(fitting.size() - 1).job().seq()) : "");
        });
  }

  /** The first rows, as many as may be on a page. */
  private List<Queries.Light> fitting(List<Queries.Light> rows) {
    long bytes = 0;
    for (int i = 0; i < rows.size(); i++) {
      Queries.Light row = rows.get(i);
      bytes += sight.owns(row.job().ownerId()) ? row.bytes() : 0;
      if (i > 0 && bytes > MOST_BYTES) {
        return rows.subList(0, i);
      }
    }
    return rows;
  }
}
