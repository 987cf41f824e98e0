package org.peerworks.protocol.sleap.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.JobState;

/** Clients of the second generation: files of the worker (sleap-rtc wire format §2.4). */
final class InputClientTest {

  @TempDir private Path directory;
  private Path mount;
  private Worker worker;

  @BeforeEach
  void start() throws IOException {
    mount = Files.createDirectories(directory.resolve("mount")).toRealPath();
    Files.writeString(mount.resolve("labels.zip"), "zip");
    worker = new Worker(directory.resolve("data")).withMounts(mount);
  }

  @AfterEach
  void stop() {
    worker.close();
  }

  @Test
  void aPackageOfTheInputDirectoryRunsAndItsResultsStayOnTheWorker() throws IOException {
    TestClient client = worker.connect().say("JOB_ID::abc").say("INPUT_FILE::labels.zip");
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();

    job.log("hello\n").output("trained_labels.zip", new byte[3]).end(JobState.SUCCEEDED, "", "{}");
    client.await("TRAINING_COMPLETE");

    assertThat(job.request.type()).isEqualTo("train");
    assertThat(job.request.inputs()).isEmpty();
    assertThat(job.request.parameters())
        .as("looked for anew in the mounts when it is used")
        .isEqualTo("{\"package\":\"" + mount.resolve("labels.zip") + "\"}");
    assertThat(client.heard())
        .containsExactly(
            "FILE_EXISTS::labels.zip",
            "JOB_OUTPUT_PATH::" + mount.resolve("jobs/abc"),
            "hello\n",
            "TRAINING_COMPLETE");
    assertThat(Files.size(mount.resolve("jobs/abc/trained_labels.zip"))).isEqualTo(3);
  }

  @Test
  void aFailureIsToldUnderTheClientsId() {
    TestClient client = worker.connect().say("JOB_ID::abc").say("PACKAGE_TYPE::track");
    client.say("INPUT_FILE::labels.zip");
    worker.jobs.await(1).awaitFollowed().end(JobState.FAILED, "No script in it.", "{}");

    assertThat(client.await("JOB_FAILED")).isEqualTo("JOB_FAILED::abc::No script in it.");
    assertThat(worker.jobs.all.get(0).request.type()).isEqualTo("track");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../secret.zip", "a/b.zip", "a\\b.zip", "..", "/etc/passwd", ".hidden", "a\u0000"})
  void aNameThatIsNoBareOneIsInvalid(String name) throws IOException {
    Files.writeString(directory.resolve("secret.zip"), "x");
    TestClient client = worker.connect().say("JOB_ID::abc").say("INPUT_FILE::" + name);

    assertThat(client.await("FILE_NOT_FOUND::")).contains("::Invalid filename");
    assertThat(worker.jobs.all).isEmpty();
  }

  @Test
  void aMissingFileOneOutsideAndADirectoryAreToldApartFromAJob() throws IOException {
    Path outside = Files.writeString(directory.resolve("secret.zip"), "x");
    Files.createSymbolicLink(mount.resolve("link.zip"), outside);
    Files.createDirectories(mount.resolve("folder"));

    assertThat(worker.connect().say("INPUT_FILE::none.zip").await("FILE_NOT_FOUND"))
        .isEqualTo("FILE_NOT_FOUND::none.zip::File does not exist");
    worker.connect().say("INPUT_FILE::link.zip").await("FILE_NOT_FOUND::link.zip::Path not within");
    worker.connect().say("INPUT_FILE::folder").await("FILE_NOT_FOUND::folder::Not a file");
    assertThat(worker.jobs.all).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../x", "a/b", ".."})
  void anIdThatIsNoNameMakesNoDirectoryOfThatName(String id) {
    TestClient client = worker.connect().say("JOB_ID::" + id).say("INPUT_FILE::labels.zip");

    assertThat(client.await("JOB_OUTPUT_PATH::"))
        .startsWith("JOB_OUTPUT_PATH::" + mount.resolve("jobs") + "/job_");
  }

  @Test
  void theFormsOfNovemberAreAnsweredWithWhatToDo() {
    TestClient client = worker.connect().say("SHARED_INPUT_PATH::/vast/a.zip");

    client.await("PATH_ERROR::").contains("Update the client");
    client.say("SHARED_OUTPUT_PATH::/vast").say("SHARED_STORAGE_JOB::start");
    assertThat(worker.jobs.all).isEmpty();
  }

  @Test
  void theJobGoesOnWithoutItsClient() {
    TestClient client = worker.connect().say("JOB_ID::abc").say("INPUT_FILE::labels.zip");
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();

    client.leave();

    assertThat(job.told).isEmpty();
    assertThat(job.state()).isEqualTo(JobState.RUNNING);
  }
}
