package org.peerworks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobState;

final class JobsTest {

  @TempDir Path here;
  private MemoryLab lab;
  private MemoryJobs.Entry first;
  private MemoryJobs.Entry second;

  @BeforeEach
  void open() {
    lab = new MemoryLab(here);
    first = lab.jobs.add("train");
    first.running();
    first.progress(3, 50, "epoch", "loss 0.1");
    first.log("one\ntwo\n");
    second = lab.jobs.add("track");
    second.queued(1);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void jobsAreListedWithTheirPlaces() {
    assertThat(job("list")).isZero();

    assertThat(lab.out().lines())
        .hasSize(3)
        .satisfies(
            lines -> {
              List<String> all = new ArrayList<>(lines);
              assertThat(all.get(0)).startsWith("JOB ").contains("PLACE", "OWNER", "SUBMITTED");
              assertThat(all.get(1)).contains("RUNNING", "anna@laptop", "epoch 3/50: loss 0.1");
              assertThat(all.get(2)).containsPattern("track +QUEUED +1 +anna");
            });
  }

  @Test
  void scriptsGetOneDocumentOfAllPages() throws IOException {
    lab.jobs.add("train").end(JobState.FAILED, "ERROR: no", null);

    assertThat(job("list", "--json")).isZero();

    assertThat(lab.out().lines()).hasSize(1);
    JsonNode jobs = new ObjectMapper().readTree(lab.out()).path("jobs");
    assertThat(jobs).hasSize(3);
    assertThat(jobs.get(0).path("progress").path("done").asInt()).isEqualTo(3);
    assertThat(jobs.get(1).path("place").asInt()).isEqualTo(1);
    assertThat(jobs.get(1).path("state").asText()).isEqualTo("QUEUED");
    assertThat(jobs.get(2).path("reason").asText()).isEqualTo("ERROR: no");
    assertThat(jobs.get(0).fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "type",
            "typeVersion",
            "state",
            "reason",
            "place",
            "owner",
            "ownerId",
            "priority",
            "submitted",
            "started",
            "ended",
            "progress",
            "parameters",
            "document",
            "outputs");
  }

  @Test
  void aListCanBeNarrowed() {
    assertThat(job("list", "--state", "queued")).isZero();
    assertThat(lab.out()).contains("QUEUED").doesNotContain("RUNNING");
  }

  @Test
  void aListHasItsLimit() {
    assertThat(job("list", "--limit", "1")).isZero();
    assertThat(lab.out()).contains("RUNNING").doesNotContain("QUEUED");
  }

  @Test
  void anEmptyListSaysSo() {
    lab.jobs.entries.clear();

    assertThat(job("list")).isZero();

    assertThat(lab.out().strip()).isEqualTo("No jobs.");
  }

  @Test
  void oneJobIsShownWithAllThatIsKnown() {
    first.output("trained.zip", Zips.of("a/b", "c"));
    first.end(JobState.SUCCEEDED, "", "{\"models\":[]}");

    assertThat(job("show", first.job().id())).isZero();

    assertThat(lab.out())
        .contains("State:       SUCCEEDED")
        .contains("Ran for:     1 min 2 s")
        .contains("trained.zip, ")
        .contains("{\"models\":[]}");
  }

  @Test
  void aJobThatIsNotThereIsNamed() {
    assertThat(job("show", "nothing")).isEqualTo(ExitStatus.REFUSED);

    assertThat(lab.err()).contains("no job 'nothing'");
  }

  @Test
  void theLogOfAJobThatRunsIsPrintedAsFarAsItGoes() {
    assertThat(job("log", first.job().id())).isZero();

    assertThat(lab.out()).isEqualTo("one\ntwo\n");
  }

  @Test
  void aLogCanBeReadFromAnOffset() {
    first.end(JobState.SUCCEEDED, "", null);

    assertThat(job("log", first.job().id(), "--offset", "4", "-f")).isZero();

    assertThat(lab.out()).isEqualTo("two\n");
  }

  @Test
  void anEmptyLogIsExplained() {
    second.end(JobState.CANCELLED, "", null);

    assertThat(job("log", second.job().id())).isEqualTo(ExitStatus.REFUSED);

    assertThat(lab.err()).contains("no log");
  }

  @Test
  void aJobThatHasSaidNothingYetHasALog() {
    assertThat(job("log", second.job().id())).isZero();

    assertThat(lab.out()).isEmpty();
    assertThat(lab.err()).isEmpty();
  }

  @Test
  void aJobThatNeverSaidAnythingCanBeFollowed() {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Thread command = new Thread(() -> status.complete(job("log", second.job().id(), "-f")), "log");
    command.start();
    await().until(() -> lab.jobs.followed.contains(second.job().id()));

    lab.executor.execute(() -> second.end(JobState.SUCCEEDED, "", null));

    await().until(status::isDone);
    assertThat(status).isCompletedWithValue(0);
  }

  @Test
  void theLogOfAStrangersJobIsRefused() {
    first.ofStranger();

    assertThat(job("log", first.job().id())).isEqualTo(ExitStatus.REFUSED);
    assertThat(job("log", first.job().id(), "-f")).isEqualTo(ExitStatus.REFUSED);

    assertThat(lab.err()).contains("not yours to read");
  }

  @Test
  void whoFollowsTooMuchIsToldSo() {
    lab.jobs.noFollowing = new JobException(JobException.Code.LIMIT, "You follow too much.");

    assertThat(job("log", first.job().id())).isEqualTo(ExitStatus.REFUSED);
    assertThat(job("attach", first.job().id())).isEqualTo(ExitStatus.REFUSED);

    assertThat(lab.err().lines().filter(line -> line.endsWith("You follow too much."))).hasSize(2);
  }

  @Test
  void theLogOfNoJobIsRefused() {
    assertThat(job("log", "nothing")).isEqualTo(ExitStatus.REFUSED);

    assertThat(lab.err()).contains("no job 'nothing'");
  }

  @Test
  void aLogIsFollowedUntilTheJobEnds() {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Thread command = new Thread(() -> status.complete(job("log", first.job().id(), "-f")), "log");
    command.start();
    await().until(() -> lab.out().contains("two"));

    lab.executor.execute(
        () -> {
          first.log("three\n");
          first.end(JobState.SUCCEEDED, "", null);
        });

    await().until(status::isDone);
    assertThat(status).isCompletedWithValue(0);
    assertThat(lab.out()).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void aJobIsCancelled() {
    assertThat(job("cancel", first.job().id())).isZero();

    assertThat(first.job().state()).isEqualTo(JobState.CANCELLED);
    assertThat(lab.out()).contains("is cancelled");
    assertThat(job("cancel", first.job().id())).isZero();
  }

  @Test
  void aRunningJobIsEndedEarly() {
    assertThat(job("stop", first.job().id())).isZero();

    assertThat(first.job().state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(lab.out()).contains("has ended: SUCCEEDED");
    assertThat(job("stop", first.job().id())).isZero();
    assertThat(lab.out()).contains("had ended before: SUCCEEDED");
  }

  @Test
  void attachingFetchesWhatAnEndedJobReturned() {
    first.output("trained.zip", Zips.of("centroid/best.ckpt", "c"));
    first.end(JobState.SUCCEEDED, "", null);

    assertThat(job("attach", first.job().id())).as(lab.err()).isZero();

    assertThat(lab.out()).contains("one\ntwo\n").contains("Model: ");
    assertThat(here.resolve("models")).isDirectoryContaining("glob:**/centroid_*");
  }

  @Test
  void attachingPutsPredictionsWhereTheyAreWanted() {
    second.output("labels.predictions.slp", new byte[] {1, 2});
    second.end(JobState.SUCCEEDED, "", "{\"predictions\":\"labels.predictions.slp\"}");

    assertThat(job("attach", second.job().id())).isZero();
    assertThat(job("attach", second.job().id(), "-o", "mine.slp")).isZero();

    assertThat(here.resolve("labels.predictions.slp")).hasBinaryContent(new byte[] {1, 2});
    assertThat(here.resolve("mine.slp")).hasBinaryContent(new byte[] {1, 2});
  }

  @Test
  void outputsOfOtherJobTypesGoToAFolderOfTheJob() {
    MemoryJobs.Entry toy = lab.jobs.add("toy");
    toy.output("a.txt", new byte[] {1});
    toy.output("b.txt", new byte[] {2});
    toy.end(JobState.SUCCEEDED, "", null);

    assertThat(job("attach", toy.job().id())).as(lab.err()).isZero();

    Path folder = here.resolve("job_" + toy.job().id());
    assertThat(folder.resolve("a.txt")).hasBinaryContent(new byte[] {1});
    assertThat(folder.resolve("b.txt")).hasBinaryContent(new byte[] {2});
    assertThat(here).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void anInterruptLeavesAnAttachedJobAlone() {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Thread command = new Thread(() -> status.complete(job("attach", first.job().id())), "attach");
    command.start();
    await().until(() -> lab.out().contains("two"));

    command.interrupt();

    await().until(status::isDone);
    assertThat(status).isCompletedWithValue(ExitStatus.INTERRUPTED);
    assertThat(first.job().state()).isEqualTo(JobState.RUNNING);
    assertThat(lab.out()).contains("it goes on");
  }

  private int job(String verb, String... more) {
    List<String> words = new ArrayList<>(List.of("job", verb, "-s", MemoryLab.SESSION));
    words.addAll(List.of(more));
    return lab.run(words.toArray(String[]::new));
  }
}
