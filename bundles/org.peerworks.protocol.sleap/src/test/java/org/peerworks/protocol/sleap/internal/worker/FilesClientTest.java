package org.peerworks.protocol.sleap.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.JobState;

/** Looking into a worker's mounts (sleap-rtc wire format §2.7). */
final class FilesClientTest {

  @TempDir private Path directory;
  private Worker worker;
  private TestResolver resolver;

  @BeforeEach
  void start() throws IOException {
    resolver = new TestResolver();
    worker = new Worker(directory.resolve("data")).withMounts(directory.resolve("mount"));
    worker.resolver.set(resolver);
  }

  @AfterEach
  void stop() {
    worker.close();
  }

  @Test
  void whatTheResolverSaysIsToldInTheWordsOfTheFormat() {
    TestClient client = worker.connect();

    client.say("FS_GET_INFO").say("FS_GET_MOUNTS").say("FS_LIST_DIR::/vast::20");
    client.say("FS_SCAN_DIR::{\"directory\":\"/vast\",\"filenames\":[\"a.mp4\",\"b.mp4\"]}");
    client.say(
        "FS_WRITE_SLP::{\"slp_path\":\"/vast/a.slp\",\"output_dir\":\"/vast\",\"filename_map\":{\"x\":\"/vast/a.mp4\"}}");
    client.say(
        "FS_RESOLVE_WITH_PREFIX::{\"original_path\":\"/me/a.mp4\",\"new_path\":\"/vast/a.mp4\",\"other_missing\":[\"/me/b.mp4\"]}");
    client.say("FS_APPLY_PREFIX::{\"confirmed\":true}");
    client.await("FS_PREFIX_APPLIED");

    assertThat(client.heard())
        .containsExactly(
            "FS_INFO_RESPONSE::{\"worker_id\":\"gpu01\",\"working_dir\":\"/vast\",\"mounts\":[{\"path\":\"/vast\",\"label\":\"data\"}]}",
            "FS_MOUNTS_RESPONSE::[{\"path\":\"/vast\",\"label\":\"data\"}]",
            "FS_LIST_RESPONSE::{\"path\":\"/vast\",\"entries\":[{\"name\":\"d\",\"type\":\"directory\",\"size\":0,\"modified\":1.5},{\"name\":\"a.slp\",\"type\":\"file\",\"size\":7,\"modified\":1.5}],\"total_count\":22,\"has_more\":false}",
            "FS_SCAN_DIR_RESPONSE::{\"directory\":\"/vast\",\"found\":{\"a.mp4\":\"/vast/a.mp4\"}}",
            "FS_WRITE_SLP_OK::{\"output_path\":\"/vast/resolved.slp\",\"videos_updated\":1}",
            "FS_PREFIX_PROPOSAL::{\"old_prefix\":\"/me\",\"new_prefix\":\"/vast\",\"would_resolve\":[{\"original\":\"/me/b.mp4\",\"resolved\":\"/vast/b.mp4\"}],\"would_not_resolve\":[\"/me/c.mp4\"]}",
            "FS_PREFIX_APPLIED::{\"success\":true}");
    assertThat(resolver.asked).contains("list /vast 20 20");
  }

  @Test
  void aSearchIsToldWithItsCandidates() {
    TestClient client = worker.connect();

    client.say("FS_RESOLVE::fly.slp::7::3::all");

    assertThat(client.await("FS_RESOLVE_RESPONSE"))
        .isEqualTo(
            "FS_RESOLVE_RESPONSE::{\"candidates\":[{\"path\":\"/vast/a.slp\",\"name\":\"a.slp\",\"size\":7,\"modified\":1.5,\"match_type\":\"exact\",\"score\":119.8}],\"truncated\":true,\"timeout\":false,\"search_time_ms\":12.0}");
    assertThat(resolver.asked).contains("resolve fly.slp 7 3 ");
  }

  @Test
  void aSearchThatTakesLongDoesNotHoldUpListings() {
    resolver.hold();
    TestClient client = worker.connect();

    client.say("FS_RESOLVE::fly.slp").say("FS_LIST_DIR::/vast::0");

    client.await("FS_LIST_RESPONSE");
    assertThat(client.heard()).noneMatch(text -> text.startsWith("FS_RESOLVE"));
    resolver.release();
    client.await("FS_RESOLVE_RESPONSE");
  }

  @Test
  void aFailureIsToldWithItsCode() {
    TestClient client = worker.connect();

    client.say("FS_LIST_DIR::/etc::0").await("FS_ERROR::ACCESS_DENIED::Outside the mounts.");
    client.say("FS_LIST_DIR::/defect::0").await("FS_ERROR::INTERNAL::A defect of the worker");
    client.say("FS_WRITE_SLP::{\"slp_path\":\"/etc/a.slp\"}");
    client.await("FS_WRITE_SLP_ERROR::{\"error\":\"Outside the mounts.\"}");
    assertThat(client.heard()).noneMatch(text -> text.contains("secret detail"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FS_LIST_DIR::/vast::-1",
        "FS_LIST_DIR",
        "FS_SCAN_DIR::x",
        "FS_RESOLVE::a::b",
        "FS_GET_INFO::x",
        "FS_APPLY_PREFIX::1"
      })
  void aBrokenQuestionIsAnswered(String question) {
    worker.connect().say(question).await("FS_ERROR::INVALID_REQUEST::");
  }

  @Test
  void anAnswerThatIsTooLongForTheChannelIsShortenedOrRefused() {
    resolver.missing(3000);
    TestClient client = worker.connect();

    client.say("USE_WORKER_PATH::/vast/a.slp");
    assertThat(client.await("FS_CHECK_VIDEOS_RESPONSE"))
        .contains("\"total_videos\":3000")
        .hasSizeBetween(10_000, 65_536);
    client.say("FS_RESOLVE_WITH_PREFIX::{\"original_path\":\"/me/a\",\"new_path\":\"/vast/a\"}");
    client.await("FS_ERROR::LIMIT::The answer is too long");
  }

  @Test
  void manyMissingVideosAreAllNamed() {
    resolver.missing(100, "/me/long/way/to/a/video.mp4");
    String few = worker.connect().say("USE_WORKER_PATH::/vast/a.slp").await("FS_CHECK_VIDEOS_");
    resolver.missing(150, "/me/long/way/to/a/video.mp4");
    String more = worker.connect().say("USE_WORKER_PATH::/vast/a.slp").await("FS_CHECK_VIDEOS_");
    assertThat(few.split("original_path")).hasSize(101);
    assertThat(more.split("original_path")).hasSize(151);
  }

  @Test
  void aSearchEndsWithItsClient() {
    resolver.hold();
    TestClient client = worker.connect().say("FS_RESOLVE::fly.slp");
    await().until(() -> resolver.asked.contains("resolve fly.slp   "));
    assertThat(resolver.asked).doesNotContain("cancel fly.slp");
    client.leave();
    await().atMost(Duration.ofSeconds(60)).until(() -> resolver.asked.contains("cancel fly.slp"));
  }

  @Test
  void aSearchThatDidNotSeeAllAndAMountThatDoesNotAnswerSaySo() {
    resolver.unavailable("archive");
    TestClient client = worker.connect().say("FS_RESOLVE::fly.slp");
    assertThat(client.await("FS_RESOLVE_RESPONSE"))
        .contains("\"timeout\":true", "\"unavailable\":[\"archive\"]");
    assertThat(client.say("FS_GET_MOUNTS").await("FS_MOUNTS_RESPONSE"))
        .contains("\"problem\":\"archive does not answer\"");
  }

  @Test
  void aPathThatIsNoneIsAnswered() {
    worker.connect().say("USE_WORKER_PATH::" + "a".repeat(5000)).await("WORKER_PATH_ERROR::");
    worker.connect().say("INPUT_FILE::").await("FILE_NOT_FOUND::?::");
  }

  @Test
  void withoutAResolverThereIsNothingToSee() {
    worker.resolver.set(null);
    TestClient client = worker.connect();

    client.say("FS_GET_INFO").await("FS_ERROR::ACCESS_DENIED::This worker has no mounts");
    client
        .say("USE_WORKER_PATH::/vast/a.slp")
        .await("WORKER_PATH_ERROR::Path not within configured mounts");
  }

  @Test
  void aWorkerPathIsCheckedWithItsVideosAndRunsWhenTheClientSaysWhereTo() throws IOException {
    Path file = Files.writeString(((TestMounts) worker.mounts.get()).root.resolve("a.slp"), "x");
    TestClient client = worker.connect().say("PACKAGE_TYPE::train").say("USE_WORKER_PATH::" + file);

    client.await("WORKER_PATH_OK::" + file);
    assertThat(client.await("FS_CHECK_VIDEOS_RESPONSE"))
        .isEqualTo(
            "FS_CHECK_VIDEOS_RESPONSE::{\"slp_path\":\"%s\",\"total_videos\":2,\"missing\":[{\"filename\":\"a.mp4\",\"original_path\":\"C:\\\\a.mp4\"}],\"accessible\":1,\"embedded\":0}"
                .formatted(file));
    assertThat(worker.jobs.all).isEmpty();
    client.say("OUTPUT_DIR::models");

    ScriptedJobs.Scripted job = worker.jobs.await(1);
    assertThat(job.request.parameters())
        .as("looked for anew in the mounts when it is used")
        .isEqualTo("{\"package\":\"" + file + "\"}");
    assertThat(job.request.inputs()).isEmpty();
    client.say("OUTPUT_DIR::models");
    job.awaitFollowed().end(JobState.SUCCEEDED, "", "{}");
    client.await("TRAINING_JOBS_DONE");
    assertThat(worker.jobs.all).hasSize(1);
  }

  @Test
  void aWorkerPathThatCannotBeUsedIsToldAndStartsNothing() {
    TestClient client = worker.connect();

    client
        .say("USE_WORKER_PATH::/etc/a.slp")
        .await("WORKER_PATH_ERROR::Path not within configured mounts");
    client.say("USE_WORKER_PATH::").await("WORKER_PATH_ERROR::Path is required");
    client.say("USE_WORKER_PATH::/vast/d").await("WORKER_PATH_ERROR::Not a file: /vast/d");
    client.say("OUTPUT_DIR::models").say("FS_GET_INFO");
    client.await("FS_INFO_RESPONSE");

    assertThat(worker.jobs.all).isEmpty();
  }

  @Test
  void aPathThatOneClientChoseIsNotUsedForAnother() throws IOException {
    Path file = Files.writeString(((TestMounts) worker.mounts.get()).root.resolve("a.slp"), "x");
    worker.connect().say("USE_WORKER_PATH::" + file).await("WORKER_PATH_OK");

    worker.connect().say("OUTPUT_DIR::models").say("FS_GET_INFO").await("FS_INFO_RESPONSE");

    assertThat(worker.jobs.all).isEmpty();
  }

  @Test
  void whoAsksFasterThanItIsAnsweredIsToldSo() {
    resolver.hold();
    TestClient client = worker.connect();
    for (int i = 0; i < 200; i++) {
      client.say("FS_RESOLVE::fly.slp");
    }

    client.await("FS_ERROR::LIMIT::Too many questions");
    assertThat(resolver.asked).hasSize(1);
    resolver.release();
    await().until(() -> resolver.asked.size() > 60);
  }
}
