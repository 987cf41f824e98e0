package org.peerworks.protocol.sleap.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.Progress;
import org.peerworks.protocol.sleap.internal.auth.Authentication;
import org.peerworks.protocol.sleap.internal.wire.JobReply;
import org.peerworks.protocol.sleap.internal.wire.Json;
import org.peerworks.protocol.sleap.internal.wire.WorkerMessages;

/** Clients of the third generation and their structured jobs (sleap-rtc wire format §2.6). */
final class StructuredClientTest {

  @TempDir private Path directory;
  private Worker worker;
  private Path mount;
  private Path labels;

  @BeforeEach
  void start() throws IOException {
    mount = Files.createDirectories(directory.resolve("mount")).toRealPath();
    labels = Files.writeString(mount.resolve("labels.slp"), "labels");
    Files.writeString(mount.resolve("centroid.yaml"), "x: 1");
    Files.createDirectories(mount.resolve("models/centroid"));
    worker = new Worker(directory.resolve("data")).withMounts(mount);
  }

  @AfterEach
  void stop() {
    worker.close();
  }

  private TestClient submit(String spec) {
    return worker.connect().say("JOB_SUBMIT::1a2b3c4d::" + spec.replace('\'', '"'));
  }

  private String track() {
    return "{'type':'track','data_path':'%s','model_paths':['%s']}"
        .formatted(labels, mount.resolve("models/centroid"));
  }

  private static String jobId(TestClient client) {
    String id = client.await("JOB_ACCEPTED::").substring("JOB_ACCEPTED::".length());
    assertThat(id).matches("job_[0-9a-f]{8}");
    return id;
  }

  private static JobReply.Rejected rejection(TestClient client) {
    return (JobReply.Rejected) WorkerMessages.read(client.await("JOB_REJECTED::"));
  }

  /** A client gives up after a while without a {@code JOB_…} message (§2.6). */
  @ParameterizedTest
  @ValueSource(strings = {"train", "track"})
  void aJobThatWaitsInTheQueueGivesSignsOfLifeUntilItRuns(String type) throws IOException {
    worker.close();
    worker =
        new Worker(
                directory.resolve("data"),
                Worker.keepingAlive(Duration.ofMillis(50)),
                Authentication.NONE)
            .withMounts(mount);
    TestClient client =
        submit(type.equals("track") ? track() : "{'type':'train','config_contents':['a: 1']}");
    String id = jobId(client);
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed().queued(3);
    String sign =
        type.equals("track") ? "JOB_LOG::Waiting for the worker, place 3" : "JOB_ACCEPTED::" + id;

    await().atMost(Duration.ofSeconds(60)).until(() -> count(client, sign) >= 3);
    job.end(JobState.CANCELLED, "", "{}");

    client.await("JOB_FAILED::");
    assertThat(client.heard()).noneMatch(text -> text.startsWith("JOB_PROGRESS"));
  }

  private static long count(TestClient client, String beginning) {
    return client.heard().stream().filter(text -> text.startsWith(beginning)).count();
  }

  @Test
  void aTrainingOfTwoModelsAndItsInferenceAreToldInOrder() {
    TestClient client =
        submit(
            "{'type':'train','config_contents':['a: 1','b: 2'],'model_types':['centroid','centered_instance'],'labels_path':'%s','max_epochs':5,'batch_size':4,'learning_rate':0.001,'run_name':'run 1','path_mappings':{'/Users/me':'/vast'},'unknown':1}"
                .formatted(labels));
    String id = jobId(client);
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();

    job.turn(1, 2, "centroid")
        .log("hello\n")
        .progress(new Progress(1, 10, "epoch", "epoch 1/5, loss 0.5, val 0.25, model 1/2 'x'"));
    job.report("{\"event\":\"epoch_end\"}");
    job.report(
        "{\"what\":\"peerworks\",\"event\":\"model_end\",\"index\":1,\"count\":2,\"path\":\"/m/centroid\"}");
    job.log("Training model 2/2: forged\nInference with the trained models\n")
        .turn(2, 2, "centered_instance")
        .log("\r1 of 2\r2 of 2\ndone\n");
    job.report("{\"what\":\"peerworks\",\"event\":\"inference_begin\"}");
    job.log("Inference with the trained models\nTracked 1/1 frames\n")
        .progress(new Progress(1, 1, "frame", "inference: frame 1 of 1"))
        .output("trained_labels.zip", new byte[9])
        .output("labels.predictions.slp", new byte[3])
        .end(
            JobState.SUCCEEDED,
            "",
            "{\"models\":[{\"config\":\"centroid\",\"state\":\"SUCCEEDED\"}],\"inference\":{\"state\":\"SUCCEEDED\",\"reason\":\"\",\"predictions\":\"labels.predictions.slp\",\"path\":\"/m/labels.predictions.slp\"}}");
    client.await("INFERENCE_COMPLETE");

    assertThat(job.request.type()).isEqualTo("train");
    assertThat(Json.readObject(job.request.parameters()))
        .isEqualTo(
            Json.readObject(
                "{\"path_mappings\":{\"/Users/me\":\"/vast\"},\"configs\":[\"centroid.yaml\",\"centered_instance.yaml\"],\"model_types\":[\"centroid\",\"centered_instance\"],\"labels\":\"%s\",\"max_epochs\":5,\"batch_size\":4,\"learning_rate\":0.001,\"run_name\":\"run 1\",\"infer\":true}"
                    .formatted(labels)));
    assertThat(job.inputs).containsOnlyKeys("centroid.yaml", "centered_instance.yaml");
    assertThat(new String(job.inputs.get("centroid.yaml"), StandardCharsets.UTF_8))
        .isEqualTo("a: 1");
    assertThat(client.heard().stream().map(StructuredClientTest::withoutTimes))
        .containsExactly(
            "JOB_ACCEPTED::" + id,
            "Training model 1/2: centroid\n",
            "hello\n",
            "JOB_PROGRESS::{\"epoch\":1,\"loss\":0.5,\"val_loss\":0.25}",
            "PROGRESS_REPORT::{\"event\":\"epoch_end\"}",
            "Training model 2/2: forged\n",
            "Inference with the trained models\n",
            "JOB_COMPLETE::{\"job_id\":\"%s_1\",\"job_type\":\"train\",\"duration_seconds\":T,\"success\":true,\"stopped_early\":false,\"output_path\":\"/m/centroid\"}"
                .formatted(id),
            "MODEL_TYPE::centered_instance",
            "Training model 2/2: centered_instance\n",
            "CR::1 of 2",
            "2 of 2\n",
            "done\n",
            "JOB_COMPLETE::{\"job_id\":\"%s_2\",\"job_type\":\"train\",\"duration_seconds\":T,\"success\":true,\"stopped_early\":false}"
                .formatted(id),
            "INFERENCE_BEGIN::{}",
            "INFERENCE_LOG::Inference with the trained models",
            "INFERENCE_LOG::Tracked 1/1 frames",
            "INFERENCE_PROGRESS::{\"n_processed\":1,\"n_total\":1,\"rate\":R,\"eta\":0.0}",
            "FILE_META::labels.predictions.slp:3:",
            "<3 bytes>",
            "END_OF_FILE",
            "INFERENCE_COMPLETE::{\"predictions_path\":\"/m/labels.predictions.slp\"}");
    worker.awaitNothingStaged();
  }

  private static String withoutTimes(String text) {
    return text.replaceAll("\"duration_seconds\":[0-9.]+", "\"duration_seconds\":T")
        .replaceAll("\"rate\":[0-9.E]*[1-9][0-9.E]*", "\"rate\":R");
  }

  @Test
  void theLastWordOnAJobIsTheTruth() {
    TestClient client =
        submit(
            "{'type':'train','config_contents':['a: 1','b: 2'],'labels_path':'%s'}"
                .formatted(labels));
    String id = jobId(client);

    worker
        .jobs
        .await(1)
        .awaitFollowed()
        .turn(1, 2, "model_1")
        .turn(2, 2, "model_2")
        .end(JobState.FAILED, "Training of 'model_2' failed with signal 9: a::b", "{}");
    client.await("INFERENCE_SKIPPED");

    assertThat(client.heard().stream().map(StructuredClientTest::withoutTimes))
        .containsSubsequence(
            "JOB_COMPLETE::{\"job_id\":\"%s_1\",\"job_type\":\"train\",\"duration_seconds\":T,\"success\":true,\"stopped_early\":false}"
                .formatted(id),
            "JOB_FAILED::%s::{\"job_id\":\"%s\",\"job_type\":\"train\",\"exit_code\":-9,\"duration_seconds\":T,\"message\":\"Training of 'model_2' failed with signal 9: a:\\u003ab\",\"error\":\"Training of 'model_2' failed with signal 9: a:\\u003ab\"}"
                .formatted(id, id),
            "INFERENCE_SKIPPED::{\"reason\":\"training_failed\"}");
  }

  @Test
  void modelsWhoseReportsAreLostAreToldAtTheEnd() {
    TestClient client = submit("{'type':'train','config_contents':['a: 1','b: 2']}");
    String id = jobId(client);

    worker
        .jobs
        .await(1)
        .awaitFollowed()
        .log("Training model 1/2: model_1\nTraining model 2/2: model_2\n")
        .end(
            JobState.SUCCEEDED,
            "",
            "{\"models\":[{\"config\":\"model_1\",\"state\":\"SUCCEEDED\"},{\"config\":\"model_2\",\"state\":\"SUCCEEDED\",\"path\":\"/m/2\"}]}");
    client.await("INFERENCE_SKIPPED");

    assertThat(client.heard().stream().map(StructuredClientTest::withoutTimes))
        .containsExactly(
            "JOB_ACCEPTED::" + id,
            "Training model 1/2: model_1\n",
            "Training model 2/2: model_2\n",
            "JOB_COMPLETE::{\"job_id\":\"%s_1\",\"job_type\":\"train\",\"duration_seconds\":T,\"success\":true,\"stopped_early\":false}"
                .formatted(id),
            "MODEL_TYPE::model_2",
            "JOB_COMPLETE::{\"job_id\":\"%s_2\",\"job_type\":\"train\",\"duration_seconds\":T,\"success\":true,\"stopped_early\":false,\"output_path\":\"/m/2\"}"
                .formatted(id),
            "INFERENCE_SKIPPED::{\"reason\":\"no_labels_path\"}");
  }

  @Test
  void configurationsOfTheWorkerAreNamedByTheirRealPath() throws IOException {
    Files.createSymbolicLink(mount.resolve("link.yaml"), mount.resolve("centroid.yaml"));
    TestClient client =
        submit("{'type':'train','config_paths':['%s']}".formatted(mount.resolve("link.yaml")));

    jobId(client);
    ScriptedJobs.Scripted job = worker.jobs.await(1);
    assertThat(Json.readObject(job.request.parameters()).get("configs").get(0).asText())
        .isEqualTo(mount.resolve("centroid.yaml").toString());
    assertThat(job.inputs).isEmpty();
  }

  @Test
  void aTrackingIsToldAndItsPredictionsComeBeforeItsEnd() {
    TestClient client =
        submit(
            track()
                .replace(
                    "}",
                    ",'frames':'0-100,200','output_path':'out.slp','peak_threshold':0.2,'only_suggested_frames':true}"));
    String id = jobId(client);
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();

    job.log("Tracked 1/2 frames\r\n\r50 %\rTracked 2/2 frames\n")
        .output("out.slp", new byte[2])
        .end(JobState.SUCCEEDED, "", "{\"path\":\"/m/out.slp\"}");
    client.await("JOB_COMPLETE");

    assertThat(Json.readObject(job.request.parameters()))
        .isEqualTo(
            Json.readObject(
                "{\"data_path\":\"%s\",\"model_paths\":[\"%s\"],\"output_path\":\"%s\",\"peak_threshold\":0.2,\"only_suggested_frames\":true,\"frames\":\"0-100,200\"}"
                    .formatted(
                        labels, mount.resolve("models/centroid"), mount.resolve("out.slp"))));
    assertThat(client.heard().stream().map(StructuredClientTest::withoutTimes))
        .containsExactly(
            "JOB_ACCEPTED::" + id,
            "JOB_LOG::Tracked 1/2 frames",
            "JOB_LOG::CR::50 %",
            "JOB_LOG::Tracked 2/2 frames",
            "FILE_META::out.slp:2:",
            "<2 bytes>",
            "END_OF_FILE",
            "JOB_COMPLETE::{\"job_id\":\"%s\",\"job_type\":\"track\",\"duration_seconds\":T,\"success\":true,\"stopped_early\":false,\"output_path\":\"/m/out.slp\"}"
                .formatted(id));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'train','config_path':'/etc/passwd'}|config_path|NOT_ALLOWED",
        "{'type':'train','config_path':'../../etc/passwd'}|config_path|NOT_ALLOWED",
        "{'type':'train','config_path':'none.yaml'}|config_path|PATH_NOT_FOUND",
        "{'type':'train','config_path':5}|config_path|INVALID_PATH",
        "{'type':'train'}|config|MISSING_CONFIG",
        "{'type':'train','config_content':' '}|config_contents|CONFIG_PARSE_ERROR",
        "{'type':'train','config_content':'a: 1','run_name':'../../x'}|run_name|",
        "{'type':'train','config_content':'a: 1','run_name':'a/b'}|run_name|",
        "{'type':'train','config_content':'a: 1','max_epochs':0}|max_epochs|",
        "{'type':'train','config_content':'a: 1','max_epochs':10001}|max_epochs|",
        "{'type':'train','config_content':'a: 1','max_epochs':'5'}|max_epochs|",
        "{'type':'train','config_content':'a: 1','batch_size':257}|batch_size|",
        "{'type':'train','config_content':'a: 1','learning_rate':2}|learning_rate|",
        "{'type':'train','config_content':'a: 1','learning_rate':NaN}|learning_rate|",
        "{'type':'train','config_content':'a: 1','labels_path':'/etc/hosts'}|labels_path|NOT_ALLOWED",
        "{'type':'train','config_content':'a: 1','resume_ckpt_path':'/tmp'}|resume_ckpt_path|NOT_ALLOWED",
        "{'type':'train','config_content':'a: 1','path_mappings':[1]}|path_mappings|",
        "{'type':'train','config_content':'a: 1','model_types':['../x']}|model_types|",
        "{'type':'track','model_paths':['models/centroid']}|data_path|INVALID_PATH",
        "{'type':'track','data_path':'labels.slp'}|model_paths|",
        "{'type':'track','data_path':'labels.slp','model_paths':[]}|model_paths|",
        "{'type':'track','data_path':'labels.slp','model_paths':['/root']}|model_paths|NOT_ALLOWED",
        "{'type':'track','data_path':'labels.slp','model_paths':['models/centroid'],'output_path':'/etc/cron.d/x'}|output_path|NOT_ALLOWED",
        "{'type':'track','data_path':'labels.slp','model_paths':['models/centroid'],'frames':'0; rm -rf /'}|frames|",
        "{'type':'track','data_path':'labels.slp','model_paths':['models/centroid'],'frame_filter':'random'}|frame_filter|",
        "{'type':'track','data_path':'labels.slp','model_paths':['models/centroid'],'tracker':'flow'}|tracker|",
        "{'type':'rm'}|type|",
        "{}|type|",
        "{'type':['train']}|type|",
      })
  void whatIsWrongIsNamedAndNothingRuns(String spec, String field, String code) {
    TestClient client = submit(spec);

    JobReply.Rejected rejected = rejection(client);
    assertThat(rejected.clientId()).isEqualTo("1a2b3c4d");
    assertThat(rejected.problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.field()).isEqualTo(field);
              assertThat(problem.code()).isEqualTo(code == null ? "" : code);
              assertThat(problem.message()).isNotBlank();
            });
    assertThat(worker.jobs.all).isEmpty();
  }

  @Test
  void aSpecificationThatCannotBeReadIsRejectedUnderItsId() {
    assertThat(rejection(submit("{'type':")).clientId()).isEqualTo("1a2b3c4d");
    assertThat(rejection(submit("[1]")).clientId()).isEqualTo("1a2b3c4d");
    assertThat(rejection(worker.connect().say("JOB_SUBMIT")).clientId()).isEqualTo("unknown");
  }

  @Test
  void aLinkThatLeadsOutOfTheMountIsNoWayOut() throws IOException {
    Path outside = Files.writeString(directory.resolve("secret.yaml"), "x");
    Path link = Files.createSymbolicLink(mount.resolve("in.yaml"), outside);
    assertThat(Files.readString(link)).isEqualTo("x");

    assertThat(
            rejection(submit("{'type':'train','config_path':'in.yaml'}")).problems().get(0).code())
        .isEqualTo("NOT_ALLOWED");
  }

  @Test
  void withoutMountsPathsAreNotAllowed() {
    worker.mounts.set(null);

    assertThat(rejection(submit(track())).problems().get(0).code()).isEqualTo("NOT_ALLOWED");
  }

  @Test
  void theSameJobIsNotHandedInTwice() {
    TestClient client = submit(track());
    jobId(client);

    client.say("JOB_SUBMIT::1a2b3c4d::" + track().replace('\'', '"'));

    assertThat(rejection(client).problems().get(0).field()).isEqualTo("job_id");
    assertThat(worker.jobs.all).hasSize(1);
  }

  @Test
  void aRefusalOfTheEngineIsARejection() {
    worker.jobs.refuse(new JobException(JobException.Code.UNKNOWN_TYPE, "No job type 'track'."));

    JobReply.Problem problem = rejection(submit(track())).problems().get(0);
    assertThat(problem.field()).isEqualTo("internal");
    assertThat(problem.message()).isEqualTo("No job type 'track'.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JOB_STOP|stop",
        "JOB_CANCEL|cancel",
        "CONTROL_COMMAND::{\"command\":\"stop\"}|stop",
        "CONTROL_COMMAND::{\"command\":\"cancel\"}|cancel",
        "ZMQ_CTRL::{\"command\":\"stop\"}|stop"
      })
  void aJobIsEndedEarlyOrAtOnce(String command, String expected) {
    TestClient client = submit("{'type':'train','config_content':'a: 1'}");
    jobId(client);
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();

    client.say(command);

    client.await("INFERENCE_SKIPPED");
    assertThat(job.told).containsExactly(expected);
    if (expected.equals("stop")) {
      assertThat(client.await("JOB_COMPLETE")).contains("\"stopped_early\":true");
    } else {
      assertThat(client.await("JOB_FAILED")).contains("Cancelled by its owner.");
      assertThat(client.heard()).endsWith("INFERENCE_SKIPPED::{\"reason\":\"cancelled\"}");
    }
  }

  @Test
  void aJobThatCannotBeEndedEarlyIsCancelled() {
    TestClient client = submit(track());
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();
    job.stops = false;

    client.say("JOB_STOP");

    client.await("JOB_FAILED");
    assertThat(job.told).containsExactly("stop", "cancel");
  }

  @Test
  void onlyKnownCommandsReachAJobAndOnlyOnesOwn() {
    TestClient client = submit("{'type':'train','config_content':'a: 1'}");
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();

    client
        .say("CONTROL_COMMAND::{\"command\":\"exec\"}")
        .say("CONTROL_COMMAND::{\"py/object\":\"os\"}");
    worker.connect().say("JOB_CANCEL").say("JOB_STOP");

    assertThat(job.told).isEmpty();
    assertThat(job.state()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void aJobOnTheWorkersFilesGoesOnWithoutItsClient() {
    TestClient client = submit(track());
    ScriptedJobs.Scripted job = worker.jobs.await(1).awaitFollowed();

    client.leave();

    await().until(() -> worker.served() == 0 && !job.isFollowed());
    assertThat(job.told).isEmpty();
    assertThat(job.state()).isEqualTo(JobState.RUNNING);
  }

  @Test
  void severalJobsOfOneConnectionAreToldOneAfterTheOther() {
    TestClient client = submit(track());
    client.say("JOB_SUBMIT::2::" + track().replace('\'', '"'));
    ScriptedJobs.Scripted first = worker.jobs.await(1).awaitFollowed();
    ScriptedJobs.Scripted second = worker.jobs.await(2);
    second.log("two\n").end(JobState.SUCCEEDED, "", "{}");
    first.log("one\n").end(JobState.SUCCEEDED, "", "{}");
    await()
        .until(
            () -> client.heard().stream().filter(t -> t.startsWith("JOB_COMPLETE")).count() == 2);

    assertThat(client.heard().stream().filter(text -> text.startsWith("JOB_LOG")))
        .containsExactly("JOB_LOG::one", "JOB_LOG::two");
  }

  @Test
  void aConnectionHasOnlySoManyJobs() {
    TestClient client = submit(track());
    for (int i = 2; i <= 5; i++) {
      client.say("JOB_SUBMIT::" + i + "::" + track().replace('\'', '"'));
    }

    JobReply.Rejected rejected = rejection(client);
    assertThat(rejected.clientId()).isEqualTo("5");
    assertThat(rejected.problems().get(0).code()).isEqualTo("LIMIT");
    assertThat(worker.jobs.all).hasSize(4);
  }
}
