package org.peerworks.protocol.peerworks.internal.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobPage;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.Jobs;
import org.peerworks.protocol.peerworks.internal.model.JobJson;
import org.peerworks.protocol.peerworks.internal.wire.Json;

/**
 * One answer to a list call, put together from small pages until it is long enough for a message.
 */
final class Listing {

  /** Jobs per piece; a job has a few megabytes at most. */
  static final int PIECE = 8;

  private static final int LONGEST = Json.MAX_MESSAGE / 2;

  private final Jobs jobs;
  private final JobQuery query;
  private final ObjectNode answer = Json.object();
  private final ArrayNode found = answer.putArray("jobs");
  private long length;

  Listing(Jobs jobs, JobQuery query) {
    this.jobs = jobs;
    this.query = query;
  }

  CompletionStage<ObjectNode> begin() {
    return more(query.before(), PIECE);
  }

  private CompletionStage<ObjectNode> more(String before, int most) {
    int limit = Math.min(most, query.limit() - found.size());
    return jobs.list(new JobQuery(query.states(), query.onlyMine(), before, limit))
        .thenCompose(page -> take(before, limit, page));
  }

  private CompletionStage<ObjectNode> take(String before, int limit, JobPage page) {
    int old = found.size();
    long oldLength = length;
    for (Job job : page.jobs()) {
      ObjectNode json = JobJson.write(job);
      length += Json.write(json).length() + 1L;
      if (length > LONGEST && (limit > 1 || old > 0)) {
        while (found.size() > old) {
          found.remove(found.size() - 1);
        }
        length = oldLength;
        return limit > 1 ? more(before, limit / 2) : end(before);
      }
      found.add(json);
    }
    return page.next().isEmpty() || found.size() >= query.limit() || length > LONGEST
        ? end(page.next())
        : more(page.next(), PIECE);
  }

  private CompletionStage<ObjectNode> end(String next) {
    return CompletableFuture.completedFuture(answer.put("next", next));
  }
}
