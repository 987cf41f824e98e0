package org.peerworks.protocol.sleap.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobState;
import org.peerworks.protocol.sleap.internal.wire.Json;

/** A tracking package that names models of a worker of the third generation. */
class PathTrackingTest {

  @TempDir Path here;
  private Lab lab;

  @BeforeEach
  void open() {
    lab = new Lab(here);
    lab.python.on(
        (python, text) -> {
          if (text.equals("FS_GET_INFO")) {
            python.say(
                "FS_INFO_RESPONSE::{\"worker_id\":\"w\",\"working_dir\":\"/vast\",\"mounts\":[{\"path\":\"/vast\",\"label\":\"data\"}]}");
          } else if (text.startsWith("FILE_UPLOAD_END")) {
            python.say("FILE_UPLOAD_COMPLETE::/vast/sleap_rtc_downloads/l.slp");
          } else if (text.startsWith("FILE_UPLOAD_")) {
            python.say("FILE_UPLOAD_READY");
          } else if (text.startsWith("JOB_SUBMIT::")) {
            python
                .say("JOB_ACCEPTED::job_1")
                .sendFile("l.predictions.slp", new byte[5], "")
                .say(
                    "JOB_COMPLETE::{\"job_id\":\"job_1\",\"job_type\":\"track\",\"duration_seconds\":1,\"success\":true,\"stopped_early\":false}");
          }
        });
    lab.connect("g3");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private JobRequest tracking(String words) throws IOException {
    Path zip =
        Lab.zip(
            here.resolve("track_package.zip"),
            Map.of(
                "track_package/track-script.sh",
                "sleap-nn track " + words + "\n",
                "track_package/l.slp",
                "labels",
                "track_package/models/one/best.ckpt",
                "weights"));
    return Lab.request("track", "{}", Map.of("track_package.zip", zip));
  }

  private JsonNode spec() {
    String submit =
        lab.python.heard().stream().filter(t -> t.startsWith("JOB_SUBMIT::")).findFirst().get();
    return Json.readObject(submit.split("::", 3)[2]);
  }

  @Test
  void isAStructuredJobAndNothingIsSent() throws IOException {
    Job ended =
        lab.ended(
            lab.submit(
                tracking(
                    "--data_path /vast/l.slp -m /vast/m1 --model_paths=/vast/m2 --only_labeled_frames --batch_size 8 --peak_threshold 0.3 --frames 0-9 --video_index 1 --exclude_user_labeled -o mine.slp")));

    assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(lab.output(ended, "l.predictions.slp")).hasSize(5);
    assertThat(spec())
        .isEqualTo(
            Json.readObject(
                "{\"type\":\"track\",\"data_path\":\"/vast/l.slp\",\"model_paths\":[\"/vast/m1\",\"/vast/m2\"],\"frame_filter\":\"user\",\"batch_size\":8,\"peak_threshold\":0.3,\"frames\":\"0-9\",\"video_index\":1,\"exclude_user_labeled\":true}"));
    assertThat(lab.python.heard()).noneMatch(text -> text.startsWith("FILE_"));
  }

  @Test
  void labelsOfThePackageGoToTheWorkerFirst() throws IOException {
    Job ended =
        lab.ended(
            lab.submit(tracking("-i ./l.slp --model_paths /vast/m1 --only_suggested_frames")));

    assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(spec().path("data_path").asText()).isEqualTo("/vast/sleap_rtc_downloads/l.slp");
    assertThat(spec().path("only_suggested_frames").asBoolean()).isTrue();
    assertThat(lab.python.received()).asString().isEqualTo("labels");
  }

  @ParameterizedTest
  @CsvSource({
    "-i l.slp -m /vast/m1 -m models/one, Some models are here",
    "-i l.slp -m /vast/m1 --tracking, --tracking",
    "-i none.slp -m /vast/m1, has no 'none.slp'",
  })
  void whatSuchAJobCannotSayIsRefusedBeforeAnythingIsSent(String words, String why)
      throws IOException {
    JobRequest request = tracking(words);

    assertThatThrownBy(() -> lab.submit(request))
        .isInstanceOf(JobException.class)
        .hasMessageContaining(why);
    assertThat(lab.python.heard()).containsExactly("FS_GET_INFO");
  }
}
