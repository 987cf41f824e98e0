package org.peerworks.protocol.sleap.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobEvent;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobState;
import org.peerworks.job.api.TransferListener;
import org.peerworks.lib.files.Hashes;

/** Structured jobs and uploads (sleap-rtc wire format §2.6, §2.8). */
final class StructuredRunTest {

  private static final String INFO =
      "FS_INFO_RESPONSE::{\"worker_id\":\"w\",\"working_dir\":\"/elsewhere\",\"mounts\":[{\"path\":\"/vast\",\"label\":\"vast\"}]}";
  private static final String COMPLETE =
      "JOB_COMPLETE::{\"job_id\":\"job_12345678%s\",\"job_type\":\"train\",\"duration_seconds\":1.5,\"success\":true,\"stopped_early\":%s,\"output_path\":\"/vast/models/m%s\"}";

  @TempDir Path here;
  private Lab lab;

  @BeforeEach
  void open() {
    lab = new Lab(here);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private static String complete(String suffix) {
    return COMPLETE.formatted(suffix, false, suffix);
  }

  /** Answers the first question, then does what a test tells it to. */
  private void worker(java.util.function.BiConsumer<PythonWorker, String> behaviour) {
    lab.python.on(
        (python, text) -> {
          if (text.equals("FS_GET_INFO")) {
            python.say(INFO);
          } else {
            behaviour.accept(python, text);
          }
        });
    lab.connect("g3");
  }

  private static JobRequest training() {
    return Lab.request(
        "train",
        """
        {"configs":["/vast/a.yaml","/vast/b.yaml"],"labels":"/vast/l::1.slp","max_epochs":5,
         "learning_rate":0.001,"path_mappings":{"/home/me":"/vast"},"infer":true}
        """,
        Map.of());
  }

  private static JobRequest tracking() {
    return Lab.request(
        "track",
        """
        {"data_path":"/vast/l.slp","model_paths":["/vast/m1","/vast/m2"],"only_suggested_frames":true,"frames":"0-9"}
        """,
        Map.of());
  }

  private JsonNode spec() throws IOException {
    String submit =
        lab.python.heard().stream().filter(t -> t.startsWith("JOB_SUBMIT::")).findFirst().get();
    String[] fields = submit.split("::");
    assertThat(fields).as("nothing in the JSON is cut by a parser of '::'").hasSize(3);
    assertThat(fields[1]).matches("[0-9a-f]{8}");
    return new ObjectMapper().readTree(fields[2]);
  }

  @Test
  void aTrainingIsDoneWhenAllModelsAreAndTheTrackingThatFollows() throws IOException {
    worker(
        (python, text) -> {
          if (text.startsWith("JOB_SUBMIT::")) {
            python
                .say("JOB_ACCEPTED::job_12345678", "Epoch 1\n", "CR::50%", "[stderr] careful\n")
                .say("JOB_PROGRESS::{\"epoch\":1,\"loss\":0.5,\"val_loss\":NaN}")
                .say(complete("_0"), "MODEL_TYPE::centered_instance", "Training model 2/2: b\n")
                .say(complete("_1"))
                .say("INFERENCE_BEGIN::{}", "INFERENCE_LOG::frame")
                .say("INFERENCE_PROGRESS::{\"n_processed\":1,\"n_total\":2,\"rate\":1,\"eta\":1}")
                .sendFile("l.predictions.slp", new byte[70_000], "")
                .say("INFERENCE_COMPLETE::{\"predictions_path\":\"/vast/l.predictions.slp\"}");
          }
        });
    Job ended = lab.ended(lab.submit(training()));

    assertThat(ended.state()).as(ended.reason()).isEqualTo(JobState.SUCCEEDED);
    assertThat(lab.log(ended))
        .isEqualTo("Epoch 1\n[stderr] careful\nTraining model 2/2: b\nframe\n");
    assertThat(lab.output(ended, "l.predictions.slp")).hasSize(70_000);
    JsonNode document = new ObjectMapper().readTree(ended.document().get());
    assertThat(document.path("models").findValuesAsText("config")).containsExactly("a", "b");
    assertThat(document.path("predictions").asText()).isEqualTo("l.predictions.slp");
    assertThat(document.path("worker_path").asText())
        .isEqualTo("/vast/models/m_0, /vast/models/m_1");
    JsonNode spec = spec();
    assertThat(spec.path("type").asText()).isEqualTo("train");
    assertThat(spec.path("config_paths")).hasSize(2);
    assertThat(spec.path("labels_path").asText()).isEqualTo("/vast/l::1.slp");
    assertThat(spec.path("path_mappings").path("/home/me").asText()).isEqualTo("/vast");
    assertThat(spec.has("infer")).isFalse();
  }

  @Test
  void anOldWorkerThatTracksNothingAfterwardsIsDoneAfterAWhile() {
    worker(
        (python, text) -> {
          if (text.startsWith("JOB_SUBMIT::")) {
            python.say("JOB_ACCEPTED::job_12345678", complete("_0"), complete("_1"));
          }
        });
    assertThat(lab.ended(lab.submit(training())).state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void trackingThatIsSkippedIsNoFailure() {
    worker(
        (python, text) -> {
          if (text.startsWith("JOB_SUBMIT::")) {
            python
                .say("JOB_ACCEPTED::job_12345678", complete("_0"), complete("_1"))
                .say("INFERENCE_SKIPPED::{\"reason\":\"no_checkpoint\"}");
          }
        });
    Job ended = lab.ended(lab.submit(training()));
    assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(ended.document().get()).contains("no_checkpoint");
  }

  @Test
  void configurationsGoAlongAndLabelsAreSentOnce() throws IOException {
    Path labels = Files.write(here.resolve("fly.slp"), new byte[200_000]);
    Path config = Files.writeString(here.resolve("c.yaml"), "a: 1");
    String hash = Hashes.sha256(labels);
    worker(
        (python, text) -> {
          if (text.startsWith("FILE_UPLOAD_CHECK::")) {
            python.say("FILE_UPLOAD_READY");
          } else if (text.startsWith("FILE_UPLOAD_START::")) {
            python.say("FILE_UPLOAD_READY");
          } else if (text.equals("FILE_UPLOAD_END")) {
            python.say("FILE_UPLOAD_PROGRESS::200000::200000");
            python.say("FILE_UPLOAD_COMPLETE::/vast/sleap_rtc_downloads/fly.slp");
          } else if (text.startsWith("JOB_SUBMIT::")) {
            python.say(
                "JOB_ACCEPTED::job_1",
                complete(""),
                "INFERENCE_SKIPPED::{\"reason\":\"no_labels_path\"}");
          }
        });
    List<Long> progress = new ArrayList<>();
    JobRequest request =
        Lab.request(
            "train",
            "{\"configs\":[\"c.yaml\"],\"labels\":\"fly.slp\"}",
            Map.of("fly.slp", labels, "c.yaml", config));
    TransferListener transfers = (name, done, total) -> progress.add(done);
    Job job = Lab.join(lab.jobs().submit(request, transfers));

    assertThat(lab.ended(job).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(lab.python.heard())
        .containsSequence(
            "FILE_UPLOAD_CHECK::" + hash + "::fly.slp",
            "FILE_UPLOAD_START::fly.slp::200000::/vast::1",
            "FILE_UPLOAD_END");
    assertThat(lab.python.received()).hasSize(200_000);
    assertThat(progress).startsWith(0L).endsWith(200_000L);
    assertThat(spec().path("config_content").asText()).isEqualTo("a: 1");
    assertThat(spec().path("labels_path").asText()).isEqualTo("/vast/sleap_rtc_downloads/fly.slp");
  }

  @Test
  void whatTheWorkerHasByItsHashIsNotSent() throws IOException {
    Path labels = Files.write(here.resolve("fly.slp"), new byte[10]);
    worker(
        (python, text) -> {
          if (text.startsWith("FILE_UPLOAD_CHECK::")) {
            python.say("FILE_UPLOAD_CACHE_HIT::/vast/old.slp");
          } else if (text.startsWith("JOB_SUBMIT::")) {
            python.say("JOB_ACCEPTED::job_1");
          }
        });
    lab.submit(
        Lab.request(
            "train",
            "{\"configs\":[\"/vast/c.yaml\"],\"labels\":\"fly.slp\"}",
            Map.of("fly.slp", labels)));
    assertThat(lab.python.received()).isEmpty();
    assertThat(spec().path("labels_path").asText()).isEqualTo("/vast/old.slp");
  }

  @Test
  void anUploadThatTheWorkerGivesUpIsRefusedWithItsReason() throws IOException {
    Path labels = Files.write(here.resolve("fly.slp"), new byte[10]);
    worker(
        (python, text) -> {
          if (text.startsWith("FILE_UPLOAD_CHECK::")) {
            python.say("FILE_UPLOAD_READY");
          } else if (text.startsWith("FILE_UPLOAD_START::")) {
            python.say("FILE_UPLOAD_ERROR::disk full");
          }
        });
    assertThatThrownBy(
            () ->
                lab.submit(
                    Lab.request(
                        "train",
                        "{\"configs\":[\"/vast/c.yaml\"],\"labels\":\"fly.slp\"}",
                        Map.of("fly.slp", labels))))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("disk full");
  }

  @Test
  void configurationsTooLongForOneMessageAreUploaded() throws IOException {
    Path config = Files.writeString(here.resolve("c.yaml"), "# " + "x".repeat(70_000));
    worker(
        (python, text) -> {
          if (text.startsWith("FILE_UPLOAD_CHECK::")) {
            python.say("FILE_UPLOAD_CACHE_HIT::/vast/c.yaml");
          } else if (text.startsWith("JOB_SUBMIT::")) {
            python.say("JOB_ACCEPTED::job_1");
          }
        });
    lab.submit(
        Lab.request(
            "train",
            "{\"configs\":[\"c.yaml\"],\"labels\":\"/vast/l.slp\"}",
            Map.of("c.yaml", config)));
    assertThat(spec().path("config_path").asText()).isEqualTo("/vast/c.yaml");
  }

  @Test
  void aTrackingBringsItsPredictionsBeforeItsEnd() throws IOException {
    worker(
        (python, text) -> {
          if (text.startsWith("JOB_SUBMIT::")) {
            python
                .say("JOB_ACCEPTED::job_1", "JOB_LOG::one", "JOB_LOG::CR::50%", "JOB_LOG::two")
                .sendFile("l.predictions.slp", new byte[5], "")
                .say(
                    "JOB_COMPLETE::{\"job_id\":\"job_1\",\"job_type\":\"track\",\"duration_seconds\":1,\"success\":true,\"stopped_early\":false,\"output_path\":\"/vast/l.predictions.slp\"}");
          }
        });
    Job ended = lab.ended(lab.submit(tracking()));

    assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(lab.log(ended)).isEqualTo("one\ntwo\n");
    assertThat(lab.output(ended, "l.predictions.slp")).hasSize(5);
    assertThat(spec().path("model_paths")).hasSize(2);
    assertThat(spec().path("only_suggested_frames").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JOB_FAILED::{\"job_id\":\"job_1\",\"job_type\":\"track\",\"exit_code\":3,\"duration_seconds\":1,\"message\":\"out"
            + " of memory\"}",
        "JOB_FAILED::job_1::{\"job_id\":\"job_1\",\"job_type\":\"track\",\"exit_code\":3,\"duration_seconds\":1,\"message\":\"out"
            + " of memory\"}",
        "JOB_FAILED::job_1::out of memory"
      })
  void aFailureKeepsItsDetailsInEachForm(String failed) {
    worker(
        (python, text) -> {
          if (text.startsWith("JOB_SUBMIT::")) {
            python.say("JOB_ACCEPTED::job_1", failed);
          }
        });
    Job ended = lab.ended(lab.submit(tracking()));
    assertThat(ended.state()).isEqualTo(JobState.FAILED);
    assertThat(ended.reason()).contains("out of memory");
  }

  @Test
  void aFirstModelThatFailsEndsTheTrainingThoughNothingMoreIsSaid() {
    worker(
        (python, text) -> {
          if (text.startsWith("JOB_SUBMIT::")) {
            python.say(
                "JOB_ACCEPTED::job_1",
                "JOB_FAILED::{\"job_id\":\"job_1_0\",\"job_type\":\"train\",\"exit_code\":1,\"duration_seconds\":1,\"message\":\"bad"
                    + " config\"}");
          }
        });
    Job ended = lab.ended(lab.submit(training()));
    assertThat(ended.state()).isEqualTo(JobState.FAILED);
    assertThat(ended.reason()).contains("bad config");
  }

  @Test
  void aRejectionNamesEachField() {
    worker(
        (python, text) -> {
          if (text.startsWith("JOB_SUBMIT::")) {
            python.say(
                "JOB_REJECTED::x::{\"errors\":[{\"field\":\"data_path\",\"message\":\"not"
                    + " there\",\"code\":\"PATH_NOT_FOUND\",\"path\":\"/vast/l.slp\"},{\"field\":\"frames\",\"message\":\"odd\"}]}");
          }
        });
    assertThatThrownBy(() -> lab.submit(tracking()))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("'data_path': not there (/vast/l.slp); 'frames': odd");
  }

  @Test
  void cancelStopAndCommandsReachTheWorker() {
    worker(
        (python, text) -> {
          if (text.startsWith("JOB_SUBMIT::")) {
            python.say("JOB_ACCEPTED::job_1");
          } else if (text.equals("JOB_CANCEL")) {
            python.say(
                "JOB_FAILED::{\"job_id\":\"job_1\",\"job_type\":\"train\",\"exit_code\":-15,\"duration_seconds\":1,\"message\":\"\"}");
          }
        });
    Job job = lab.submit(training());
    Lab.join(lab.jobs().tell(job.id(), "{\"command\":\"stop\"}"));
    assertThatThrownBy(() -> Lab.join(lab.jobs().tell(job.id(), "{\"py/object\":\"x\"}")))
        .isInstanceOf(JobException.class);
    lab.jobs().stop(job.id());
    Job ended = Lab.join(lab.jobs().cancel(job.id()));

    assertThat(ended.state()).isEqualTo(JobState.CANCELLED);
    assertThat(lab.python.heard())
        .containsSubsequence("CONTROL_COMMAND::{\"command\":\"stop\"}", "JOB_STOP", "JOB_CANCEL")
        .noneMatch(text -> text.contains("py/object"));
  }

  @Test
  void aTrainingThatIsStoppedEarlySucceeds() {
    worker(
        (python, text) -> {
          if (text.startsWith("JOB_SUBMIT::")) {
            python.say("JOB_ACCEPTED::job_1");
          } else if (text.equals("JOB_STOP")) {
            python.say(
                COMPLETE.formatted("_0", true, ""),
                COMPLETE.formatted("_1", true, ""),
                "INFERENCE_SKIPPED::{\"reason\":\"no_checkpoint\"}");
          }
        });
    Job job = lab.submit(training());
    Job ended = Lab.join(lab.jobs().stop(job.id()));
    assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(ended.document().get()).contains("\"stopped_early\":true");
  }

  @Test
  void theTrainersMessagesArriveAsTheyAre() {
    worker(
        (python, text) -> {
          if (text.startsWith("JOB_SUBMIT::")) {
            python.say("JOB_ACCEPTED::job_1");
          } else if (text.startsWith("CONTROL_COMMAND")) {
            python
                .say("PROGRESS_REPORT::{\"event\":\"epoch_end\",\"logs\":{\"loss\":1}}")
                .say("PROGRESS_REPORT::[1]", "PROGRESS_REPORT::{{{")
                .say("PROGRESS_REPORT::\"{\\\"event\\\":\\\"train_end\\\"}\"")
                .say(complete("_0"), complete("_1"));
          }
        });
    Job job = lab.submit(training());
    List<JobEvent> events = java.util.Collections.synchronizedList(new ArrayList<>());
    var watching = lab.watch(job, events);
    Awaitility.await().until(() -> !events.isEmpty());
    Lab.join(lab.jobs().tell(job.id(), "{\"command\":\"stop\"}"));
    Lab.join(watching);

    assertThat(events.stream().filter(JobEvent.Reported.class::isInstance))
        .extracting(event -> ((JobEvent.Reported) event).json())
        .containsExactly(
            "{\"event\":\"epoch_end\",\"logs\":{\"loss\":1}}", "{\"event\":\"train_end\"}");
  }

  @Test
  void whatTheWorkerDoesNotKnowIsRefusedHere() {
    worker((python, text) -> {});
    assertThatThrownBy(
            () ->
                lab.submit(
                    Lab.request(
                        "track",
                        "{\"data_path\":\"/a\",\"model_paths\":[\"/m\"],\"odd\":1}",
                        Map.of())))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("knows no 'odd'");
    assertThat(lab.python.heard()).containsExactly("FS_GET_INFO");
  }

  @Test
  void aPackageAtTheWorkerRunsByItsPath() throws IOException {
    worker(
        (python, text) -> {
          if (text.startsWith("USE_WORKER_PATH::")) {
            python.say("WORKER_PATH_OK::/vast/p.zip");
          } else if (text.startsWith("OUTPUT_DIR::")) {
            python.say("TRAIN_JOB_START::a", "TRAIN_JOB_END::a", "TRAINING_JOBS_DONE");
            python.sendFile("trained_p.zip", new byte[3], "");
          }
        });
    Job ended =
        lab.ended(lab.submit(Lab.request("train", "{\"package\":\"/vast/p.zip\"}", Map.of())));
    assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(lab.python.heard())
        .containsExactly(
            "FS_GET_INFO",
            "PACKAGE_TYPE::train",
            "USE_WORKER_PATH::/vast/p.zip",
            "OUTPUT_DIR::models");
  }

  @Test
  void aPackageInTheInputDirectoryOfTheSecondGenerationRunsByItsName() {
    lab.python.on(
        (python, text) -> {
          if (text.startsWith("INPUT_FILE::")) {
            python.say("FILE_EXISTS::p.zip", "JOB_OUTPUT_PATH::/out/jobs/1", "line\n");
            python.say("TRAINING_COMPLETE");
          }
        });
    lab.connect("g2");
    Job ended =
        lab.ended(lab.submit(Lab.request("train", "{\"package\":\"/in/p.zip\"}", Map.of())));
    assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(ended.document().get()).contains("/out/jobs/1");
    assertThat(lab.python.heard()).containsExactly("JOB_ID::" + ended.id(), "INPUT_FILE::p.zip");
  }

  @Test
  void aPackageThatIsNotInTheInputDirectoryIsRefused() {
    lab.python.on(
        (python, text) -> {
          if (text.startsWith("INPUT_FILE::")) {
            python.say("FILE_NOT_FOUND::p.zip::File does not exist");
          }
        });
    lab.connect("g2");
    assertThatThrownBy(
            () -> lab.submit(Lab.request("train", "{\"package\":\"/in/p.zip\"}", Map.of())))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("File does not exist");
  }
}
