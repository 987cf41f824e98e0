package org.peerworks.protocol.peerworks.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobPage;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Jobs;
import org.peerworks.protocol.peerworks.internal.wire.Json;

/** Pages of jobs that fit a message, whatever the jobs hold. */
class ListingTest {

  private final List<Job> stored = new ArrayList<>();
  private int most;

  /** Jobs are numbered from the newest on; 'next' is the number of the last one. */
  private Jobs jobs() {
    return (Jobs)
        Proxy.newProxyInstance(
            Jobs.class.getClassLoader(),
            new Class<?>[] {Jobs.class},
            (proxy, method, arguments) ->
                CompletableFuture.completedFuture(page((JobQuery) arguments[0])));
  }

  private JobPage page(JobQuery query) {
    most = Math.max(most, query.limit());
    int from = query.before().isEmpty() ? 0 : Integer.parseInt(query.before()) + 1;
    int to = Math.min(stored.size(), from + query.limit());
    return new JobPage(
        stored.subList(from, to), to < stored.size() ? Integer.toString(to - 1) : "");
  }

  private void store(int count, int documentLength) {
    for (int i = 0; i < count; i++) {
      stored.add(
          new Job(
              "job-" + stored.size(),
              "copy",
              "1.0",
              JobState.SUCCEEDED,
              "",
              "ed25519:a",
              "anna",
              5,
              0,
              "{}",
              Instant.EPOCH,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of("x".repeat(documentLength)),
              List.of()));
    }
  }

  private ObjectNode list(String before, int limit) {
    return new Listing(jobs(), new JobQuery(Set.of(), false, before, limit))
        .begin()
        .toCompletableFuture()
        .join();
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.get("jobs").forEach(job -> ids.add(job.get("id").textValue()));
    return ids;
  }

  @ParameterizedTest
  @CsvSource({"1,0", "7,0", "100,0", "1000,0", "1,700000", "3,700000", "8,900000", "50,1000000"})
  void thePagesHoldEachJobOnceAndFitAMessage(int limit, int documentLength) {
    store(37, documentLength);
    store(20, 10);
    store(3, documentLength);
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      ObjectNode page = list(next, limit);
      assertThat(ids(page)).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
      assertThat(Json.write(page).length()).isLessThan(Json.MAX_MESSAGE);
      seen.addAll(ids(page));
      next = page.get("next").textValue();
    } while (!next.isEmpty());
    assertThat(seen).isEqualTo(IntStream.range(0, 60).mapToObj(i -> "job-" + i).toList());
    assertThat(most).as("jobs asked for at once").isLessThanOrEqualTo(Listing.PIECE);
  }

  @Test
  void aPageIsAsLongAsAskedForIfItFits() {
    store(100, 100);
    assertThat(ids(list("", 64))).hasSize(64);
  }

  @Test
  void aJobThatIsLongerThanAPageIsAPageOfItsOwn() {
    store(1, 10);
    store(1, 3_000_000);
    store(1, 10);
    assertThat(ids(list("", 10))).containsExactly("job-0");
    assertThat(ids(list("0", 10))).containsExactly("job-1");
    assertThat(ids(list("1", 10))).containsExactly("job-2");
  }

  @Test
  void noJobsAreAnEmptyPage() {
    assertThat(list("", 10).get("jobs")).isEmpty();
    assertThat(list("", 10).get("next").textValue()).isEmpty();
  }
}
