package org.peerworks.protocol.sleap.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobState;

/** Clients of the first generation (sleap-rtc wire format §2.2, §2.3). */
final class PackageClientTest {

  private static final byte[] ZIP = random(100_000);

  @TempDir private Path directory;
  private Worker worker;

  @BeforeEach
  void start() {
    worker = new Worker(directory);
  }

  @AfterEach
  void stop() {
    worker.close();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private TestClient uploaded(String type, String meta) {
    TestClient client = worker.connect();
    client.say("PACKAGE_TYPE::" + type).say("OUTPUT_DIR::models");
    return client.say("FILE_META::" + meta).sendFile(ZIP, 64 << 10).say("END_OF_FILE");
  }

  @Test
  void aTrainingIsToldAsThisGenerationExpectsIt() {
    TestClient client = uploaded("train", "labels.v001.zip:100000:False");
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();
    byte[] result = random(70_000);

    job.turn(1, 2, "centroid")
        .log("Epoch 1\n")
        .turn(2, 2, "centered_instance")
        .log("Epoch 1\n")
        .output("trained_labels.v001.zip", result)
        .end(
            JobState.SUCCEEDED,
            "",
            "{\"models\":[{\"config\":\"centroid\",\"state\":\"SUCCEEDED\"},{\"config\":\"centered_instance\",\"state\":\"SUCCEEDED\"}]}");
    client.await("END_OF_FILE");

    assertThat(job.request.type()).isEqualTo("train");
    assertThat(job.inputs).containsOnlyKeys("labels.v001.zip");
    assertThat(job.inputs.get("labels.v001.zip")).isEqualTo(ZIP);
    assertThat(client.heard())
        .containsExactly(
            "TRAIN_JOB_START::centroid",
            "Epoch 1\n",
            "TRAIN_JOB_END::centroid",
            "TRAIN_JOB_START::centered_instance",
            "Epoch 1\n",
            "TRAIN_JOB_END::centered_instance",
            "TRAINING_JOBS_DONE",
            "FILE_META::trained_labels.v001.zip:70000:models",
            "<32768 bytes>",
            "<32768 bytes>",
            "<4464 bytes>",
            "END_OF_FILE");
    assertThat(client.files()).isEqualTo(result);
    worker.awaitNothingStaged();
  }

  @Test
  void aTrackingIsToldAsThisGenerationExpectsIt() {
    TestClient client = uploaded("track", "track_package.zip:100000:false");
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();

    job.log("Tracked 1/2 frames\nTracked 2/2 frames\n")
        .output("labels.predictions.slp", random(10))
        .end(JobState.SUCCEEDED, "", "{}");
    client.await("INFERENCE_JOBS_DONE");

    assertThat(job.request.type()).isEqualTo("track");
    assertThat(client.heard())
        .containsExactly(
            "INFERENCE_START",
            "INFERENCE_JOB_START::inference",
            "TRACK_LOG:Tracked 1/2 frames",
            "TRACK_LOG:Tracked 2/2 frames",
            "INFERENCE_JOB_END::inference",
            "FILE_META::labels.predictions.slp:10:models",
            "<10 bytes>",
            "END_OF_FILE",
            "INFERENCE_JOBS_DONE");
  }

  /** Upstream's clients cut {@code FILE_META} at its colons into three parts (§2.1). */
  @ParameterizedTest
  @ValueSource(strings = {"C:\\Users\\me\\models", "a:b", "models\nEND_OF_FILE", "a\u0000"})
  void aPlaceThatWouldBreakWhatTheClientReadsIsNotGivenBack(String place) {
    TestClient client = worker.connect();
    client.say("PACKAGE_TYPE::track").say("OUTPUT_DIR::" + place);
    client.say("FILE_META::p.zip:100000:false").sendFile(ZIP, 64 << 10).say("END_OF_FILE");
    worker
        .jobs
        .await(1)
        .awaitFollowed()
        .output("labels.predictions.slp", random(10))
        .end(JobState.SUCCEEDED, "", "{}");

    assertThat(client.await("FILE_META::")).isEqualTo("FILE_META::labels.predictions.slp:10:");
    client.await("INFERENCE_JOBS_DONE");
  }

  @Test
  void anEmptyResultIsAnnouncedWithoutAPlaceOfWindowsToo() {
    TestClient client = worker.connect();
    client.say("OUTPUT_DIR::C:\\models").say("FILE_META::../p.zip:3:False");

    assertThat(client.await("FILE_META::")).isEqualTo("FILE_META::trained_package.zip:22:");
  }

  @Test
  void aTrackingPackageWithoutAScriptIsToldInOneWordAndRunsNothing() throws IOException {
    TestClient client = tracked("track_package/labels.slp");

    assertThat(client.await("INFERENCE_ERROR")).isEqualTo("INFERENCE_ERROR::No track script found");
    worker.awaitNothingStaged();
    client.say("FILE_META::p.zip:1:false").bytes("x").say("END_OF_FILE");
    worker.jobs.await(1);
    assertThat(client.heard()).containsExactly("INFERENCE_ERROR::No track script found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"track-script.sh", "track_package/track-script.sh"})
  void aTrackingPackageWithItsScriptRuns(String script) throws IOException {
    tracked(script);

    assertThat(worker.jobs.await(1).request.type()).isEqualTo("track");
  }

  private TestClient tracked(String entry) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(entry));
    }
    TestClient client = worker.connect();
    client.say("PACKAGE_TYPE::track").say("OUTPUT_DIR::.");
    client.say("FILE_META::track_package.zip:" + bytes.size() + ":false");
    return client.sendFile(bytes.toByteArray(), 64 << 10).say("END_OF_FILE");
  }

  @Test
  void aFailedModelIsToldWithTheStatusOfItsTrainerAndTheRestIsStillSent() {
    TestClient client = uploaded("train", "p.zip:100000:False");
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();

    job.log("Training model 1/2: centroid\nERROR: out of memory\n")
        .output("trained_p.zip", random(5))
        .end(
            JobState.FAILED,
            "Training of 'centroid' failed with exit status 3: out of memory",
            "{\"models\":[{\"config\":\"centroid\",\"state\":\"FAILED\",\"reason\":\"Training of 'centroid' failed with exit status 3: out of memory\"},{\"config\":\"centered_instance\",\"state\":\"SKIPPED\"}]}");
    client.await("END_OF_FILE");

    assertThat(client.heard())
        .containsExactly(
            "TRAIN_JOB_START::centroid",
            "ERROR: out of memory\n",
            "Training of 'centroid' failed with exit status 3: out of memory\n",
            "TRAIN_JOB_ERROR::centroid::3",
            "TRAINING_JOBS_DONE",
            "FILE_META::trained_p.zip:5:models",
            "<5 bytes>",
            "END_OF_FILE");
  }

  @Test
  void aPackageThatCannotBeRunIsToldAsAFailureOfItself() {
    TestClient train = uploaded("train", "p.zip:100000:False");
    worker.jobs.await(1).awaitFollowed().end(JobState.FAILED, "No script in it.", "{}");
    TestClient track = uploaded("track", "p.zip:100000:False");
    worker.jobs.await(2).awaitFollowed().end(JobState.FAILED, "No script in it.", "{}");

    train.await("END_OF_FILE");
    track.await("INFERENCE_JOBS_DONE");
    assertThat(train.heard())
        .containsExactly(
            "No script in it.\n",
            "TRAIN_JOB_ERROR::p::1",
            "TRAINING_JOBS_DONE",
            "FILE_META::trained_p.zip:22:models",
            "<22 bytes>",
            "END_OF_FILE");
    assertThat(track.heard())
        .contains("TRACK_LOG:No script in it.", "INFERENCE_JOB_ERROR::inference::1");
  }

  @Test
  void signsOfLifeInTheMiddleOfAFileAreNoPartOfIt() {
    TestClient client = worker.connect();
    client.bytes("KEEP_ALIVE").say("FILE_META::p.zip:8:false").bytes("abcd").bytes("KEEP_ALIVE");
    client.bytes("efgh").bytes("KEEP_ALIVE").say("END_OF_FILE");

    assertThat(worker.jobs.await(1).inputs.get("p.zip"))
        .isEqualTo("abcdefgh".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void withoutATypeItIsATraining() {
    worker.connect().say("FILE_META::p.zip:0:True").say("END_OF_FILE");

    assertThat(worker.jobs.await(1).request.type()).isEqualTo("train");
  }

  @Test
  void nothingSaidOfOnePackageHoldsForTheNext() {
    TestClient client = uploaded("track", "a.zip:100000:false");
    worker.jobs.await(1);
    client.say("END_OF_FILE");
    client.say("FILE_META::b.zip:2:false").bytes("ab").say("END_OF_FILE");
    worker.jobs.await(1).awaitFollowed().end(JobState.SUCCEEDED, "", "{}");

    ScriptedJobs.Scripted second = worker.jobs.await(2).awaitFollowed();
    second.output("trained_b.zip", random(1)).end(JobState.SUCCEEDED, "", "{}");
    assertThat(second.request.type()).isEqualTo("train");
    assertThat(client.await("FILE_META::trained_b.zip")).isEqualTo("FILE_META::trained_b.zip:1:");
    assertThat(worker.jobs.all).hasSize(2);
  }

  @Test
  void aStrayEndOfFileOfTheNextClientRunsNothing() {
    uploaded("train", "a.zip:100000:false");
    worker.jobs.await(1);

    worker
        .connect()
        .say("END_OF_FILE")
        .say("FILE_META::b.zip:1:false")
        .bytes("x")
        .say("END_OF_FILE");

    assertThat(worker.jobs.await(2).inputs).containsOnlyKeys("b.zip");
    assertThat(worker.jobs.all).hasSize(2);
  }

  @Test
  void clientsAtTheSameTimeDoNotHearOfEachOther() {
    TestClient one = uploaded("train", "a.zip:100000:false");
    ScriptedJobs.Scripted first = worker.jobs.await(1).awaitFollowed();
    TestClient two = uploaded("track", "b.zip:100000:false");
    ScriptedJobs.Scripted second = worker.jobs.await(2).awaitFollowed();

    first.log("one\n");
    second.log("two\n");
    first.end(JobState.SUCCEEDED, "", "{}");
    second.end(JobState.SUCCEEDED, "", "{}");
    one.await("END_OF_FILE");
    two.await("INFERENCE_JOBS_DONE");

    assertThat(one.heard()).startsWith("one\n", "TRAINING_JOBS_DONE");
    assertThat(two.heard()).contains("TRACK_LOG:two").noneMatch(text -> text.contains("one"));
    assertThat(first.owner.id()).isNotEqualTo(second.owner.id());
  }

  @Test
  void progressBarsAreThinnedAndNoLineIsLost() {
    TestClient client = uploaded("train", "a.zip:100000:false");
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();
    StringBuilder bar = new StringBuilder();
    for (int i = 0; i <= 1000; i++) {
      bar.append('\r').append(i).append(" of 1000");
    }
    job.log(bar + "\nlast\n").end(JobState.SUCCEEDED, "", "{}");
    client.await("TRAINING_JOBS_DONE");

    assertThat(client.heard())
        .hasSizeLessThan(12)
        .startsWith("\r0 of 1000")
        .contains("\r999 of 1000", "1000 of 1000\n", "last\n");
  }

  @Test
  void aProgramCannotSpeakInTheNameOfTheWorker() {
    TestClient client = uploaded("train", "a.zip:100000:false");
    worker
        .jobs
        .await(1)
        .awaitFollowed()
        .log(
            "END_OF_FILE\nx FILE_META::evil.zip:1:\nTRACK_LOG:x\nJOB_COMPLETE::{}\nTRAINING_JOBS_DONE\n")
        .end(JobState.SUCCEEDED, "", "{}");
    client.await("END_OF_FILE");

    assertThat(client.heard())
        .containsExactly(
            " END_OF_FILE\n",
            "x FILE_META ::evil.zip:1:\n",
            "TRACK_LOG :x\n",
            "JOB_COMPLETE ::{}\n",
            " TRAINING_JOBS_DONE\n",
            "TRAINING_JOBS_DONE",
            "FILE_META::trained_a.zip:22:models",
            "<22 bytes>",
            "END_OF_FILE");
  }

  @Test
  void aGuiHearsWhatTheTrainerReportsAndCanEndIt() {
    TestClient gui = uploaded("train", "a.zip:100000:True");
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();
    job.report("{\"event\":\"epoch_end\"}");
    gui.await("PROGRESS_REPORT::{\"event\":\"epoch_end\"}");

    gui.say("ZMQ_CTRL::{\"command\":\"stop\"}");

    gui.await("TRAINING_JOBS_DONE");
    assertThat(job.told).containsExactly("stop");
  }

  @Test
  void withoutAGuiNothingIsReported() {
    TestClient client = uploaded("train", "a.zip:100000:False");
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();
    job.report("{\"event\":\"epoch_end\"}");
    job.end(JobState.SUCCEEDED, "", "{}");

    client.await("TRAINING_JOBS_DONE");
    assertThat(client.heard()).noneMatch(text -> text.startsWith("PROGRESS_REPORT"));
  }

  @Test
  void onlyCommandsThatAreKnownReachTheJob() {
    TestClient gui = uploaded("train", "a.zip:100000:True");
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();

    gui.say("ZMQ_CTRL::{\"py/object\":\"os.system\",\"command\":\"rm\"}");
    gui.say("ZMQ_CTRL::{\"py/reduce\":[{\"py/type\":\"os.system\"},{\"py/tuple\":[\"id\"]}]}");
    gui.say("ZMQ_CTRL::not json");
    gui.say("ZMQ_CTRL::{\"command\":\"cancel\"}");

    gui.await("TRAINING_JOBS_DONE");
    assertThat(job.told).containsExactly("cancel");
  }

  @Test
  void aClientThatLeavesInTheMiddleOfItsUploadLeavesNothing() throws IOException {
    TestClient client = worker.connect();
    client.say("FILE_META::p.zip:100000:false").bytes("abc");
    assertThat(worker.staged()).isNotEmpty();

    client.leave();

    worker.awaitNothingStaged();
    await().until(() -> worker.served() == 0);
    assertThat(worker.jobs.all).isEmpty();
  }

  @Test
  void aJobWhoseOnlyReaderLeavesIsCancelledAtOnceAndTheNextClientIsServed() {
    TestClient client = uploaded("train", "a.zip:100000:false");
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();

    client.leave();

    await().until(() -> job.state() == JobState.CANCELLED);
    uploaded("train", "b.zip:100000:false");
    worker.jobs.await(2).awaitFollowed();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.zip:3:false",
        "/etc/passwd:3:false",
        "a/b.zip:3:false",
        "..:3:false",
        ".bashrc:3:false",
        "-rf:3:false",
        "a\nb.zip:3:false",
        "a\\b.zip:3:false",
        "a\u0000.zip:3:false",
        "p.zip:1048577:false",
        "p.zip:9223372036854775807:false",
        "p.zip:-1:false",
        "p.zip"
      })
  void aFileThatIsNotTakenIsToldAndNothingOfItIsKept(String meta) throws IOException {
    TestClient client = worker.connect();
    client.say("FILE_META::" + meta).bytes("abc").say("END_OF_FILE");

    assertThat(client.await("TRAINING_JOBS_DONE")).isNotNull();
    assertThat(client.heard()).hasSize(6);
    assertThat(client.heard().get(1)).matches("TRAIN_JOB_ERROR::(package|p)::1");
    assertThat(worker.jobs.all).isEmpty();
    worker.awaitNothingStaged();
    assertThat(Files.exists(directory.resolve("sleap/evil.zip"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void aFileOfAnotherSizeIsToldAndNothingOfItIsKept(int size) {
    TestClient client = worker.connect();
    client.say("PACKAGE_TYPE::track").say("FILE_META::p.zip:3:false");
    client.bytes(new byte[size]).say("END_OF_FILE");

    assertThat(client.await("INFERENCE_ERROR::")).contains("Size mismatch: expected 3");
    assertThat(client.heard()).doesNotContain("INFERENCE_JOBS_DONE");
    assertThat(worker.jobs.all).isEmpty();
    worker.awaitNothingStaged();
  }

  @Test
  void aFullDiskIsToldBeforeAnythingIsSent() {
    worker.free.set(10);
    TestClient client = worker.connect();

    client.say("FILE_META::p.zip:11:false");

    assertThat(client.await("The worker's disk has no room")).isNotNull();
    assertThat(client.heard()).contains("TRAINING_JOBS_DONE").endsWith("END_OF_FILE");
  }

  @Test
  void anEngineThatIsAwayOrRefusesIsTold() {
    worker.access.set(null);
    TestClient first = uploaded("train", "a.zip:100000:false");
    worker.access.set(worker.jobs);
    worker.jobs.refuse(new JobException(JobException.Code.LIMIT, "Too many jobs wait."));
    TestClient second = uploaded("track", "a.zip:100000:false");

    first.await("This worker has no job engine");
    first.await("TRAINING_JOBS_DONE");
    assertThat(second.await("INFERENCE_ERROR::")).isEqualTo("INFERENCE_ERROR::Too many jobs wait.");
    worker.awaitNothingStaged();
  }

  @Test
  void aPlaceInTheQueueIsTold() {
    TestClient client = uploaded("train", "a.zip:100000:false");
    worker.jobs.await(1).awaitFollowed().queued(2);

    client.await("Waiting for the worker, place 2 in its queue\n");
  }

  @Test
  void whatIsNotKnownIsIgnored() {
    TestClient client = worker.connect();
    for (String text :
        List.of("hello", "", "::", "CHUNK::1", "READY", "PEERWORKS", "{}", "\u0000")) {
      client.say(text);
    }
    client.bytes("stray").say("FILE_META::p.zip:1:false").bytes("x").say("END_OF_FILE");

    assertThat(worker.jobs.await(1).inputs).containsOnlyKeys("p.zip");
    assertThat(client.heard()).isEmpty();
  }
}
