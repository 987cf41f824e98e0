package org.peerworks.protocol.sleap.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobState;
import org.peerworks.protocol.sleap.internal.wire.Json;

/** A tracking package that names models of a worker of the third generation. */
class PathTrackingTest {

  @TempDir Path here;
  private final Map<String, String> known = new ConcurrentHashMap<>();
  private final Set<String> taken = ConcurrentHashMap.newKeySet();
  private String mounts = "{\"path\":\"/vast\",\"label\":\"data\"}";
  private String place = "";
  private Lab lab;

  private static String hash(String check) {
    return check.split("::")[1];
  }

  @BeforeEach
  void open() {
    lab = new Lab(here);
    lab.python.on(
        (python, text) -> {
          if (text.equals("FS_GET_INFO")) {
            python.say(
                "FS_INFO_RESPONSE::{\"worker_id\":\"w\",\"working_dir\":\"/vast\",\"mounts\":["
                    + mounts
                    + "]}");
          } else if (text.startsWith("FILE_UPLOAD_CHECK") && known.containsKey(hash(text))) {
            python.say("FILE_UPLOAD_CACHE_HIT::" + known.get(hash(text)));
          } else if (text.startsWith("FILE_UPLOAD_START")) {
            String[] fields = text.split("::");
            place =
                fields[3] + "/sleap_rtc_downloads/" + (taken.remove(fields[1]) ? "x-2" : fields[1]);
            python.say("FILE_UPLOAD_READY");
          } else if (text.startsWith("FILE_UPLOAD_END")) {
            python.say("FILE_UPLOAD_COMPLETE::" + place);
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
  }

  private Job run(JobRequest request) {
    lab.connect("g3");
    return lab.ended(lab.submit(request));
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
                "weights",
                "track_package/models/one/training_config.yaml",
                "config",
                "track_package/models/one/viz/epoch.png",
                "picture"));
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
        run(
            tracking(
                "--data_path /vast/l.slp -m /vast/m1 --model_paths=/vast/m2 --only_labeled_frames --batch_size 8 --peak_threshold 0.3 --frames 0-9 --video_index 1 --exclude_user_labeled -o mine.slp"));

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
    Job ended = run(tracking("-i ./l.slp --model_paths /vast/m1 --only_suggested_frames"));

    assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(spec().path("data_path").asText()).isEqualTo("/vast/sleap_rtc_downloads/l.slp");
    assertThat(spec().path("only_suggested_frames").asBoolean()).isTrue();
    assertThat(lab.python.received()).asString().isEqualTo("labels");
  }

  @ParameterizedTest
  @CsvSource({
    "-i l.slp -m /vast/m1 -m models/none, has no files in 'models/none'",
    "-i l.slp -m /vast/m1 --tracking, --tracking",
    "-i none.slp -m /vast/m1, has no 'none.slp'",
  })
  void whatSuchAJobCannotSayIsRefusedBeforeAnythingIsSent(String words, String why)
      throws IOException {
    JobRequest request = tracking(words);
    lab.connect("g3");

    assertThatThrownBy(() -> lab.submit(request))
        .isInstanceOf(JobException.class)
        .hasMessageContaining(why);
    assertThat(lab.python.heard()).containsExactly("FS_GET_INFO");
  }

  private List<String> started() {
    return lab.python.heard().stream()
        .filter(text -> text.startsWith("FILE_UPLOAD_START"))
        .map(text -> text.split("::")[1])
        .toList();
  }

  @Test
  void modelsOfThePackageGoThereTooForOfAPackageNoPredictionsComeBack() throws IOException {
    Job ended = run(tracking("-i l.slp -m models/one -m /vast/m1"));

    assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(lab.output(ended, "l.predictions.slp")).hasSize(5);
    assertThat(started()).containsExactly("l.slp", "best.ckpt", "training_config.yaml");
    assertThat(lab.python.received()).asString().isEqualTo("labelsweightsconfig");
    String model = spec().path("model_paths").get(0).asText();
    assertThat(model).matches("/vast/sleap_rtc_models/one-[0-9a-f]{12}/sleap_rtc_downloads");
    assertThat(spec().path("model_paths").get(1).asText()).isEqualTo("/vast/m1");
    assertThat(lab.python.heard()).noneMatch(text -> text.startsWith("PACKAGE_TYPE"));
  }

  @Test
  void aModelThatIsThereIsNotSentAgainAndOneInPartGoesToADirectoryOfItsOwn() throws IOException {
    taken.add("training_config.yaml");
    Job first = run(tracking("-i /vast/l.slp -m models/one"));
    assertThat(first.state()).isEqualTo(JobState.SUCCEEDED);
    String model = spec().path("model_paths").get(0).asText();
    assertThat(model).matches("/vast/sleap_rtc_models/one-[0-9a-f]{12}-[0-9a-f-]{36}/.*");

    for (String text : lab.python.heard()) {
      if (text.startsWith("FILE_UPLOAD_CHECK")) {
        String name = text.split("::")[2];
        known.put(
            hash(text), model.replaceFirst("(-[0-9a-f]{12})-[0-9a-f-]{36}", "$1") + "/" + name);
      }
    }
    int before = started().size();
    Job second = lab.ended(lab.submit(tracking("-i /vast/l.slp -m models/one")));
    assertThat(second.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(started()).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-i l.slp -m models/one --tracking", "-i l.slp -m models/one"})
  void whatAStructuredJobCannotSayOrTheWorkerCannotKeepGoesAsThePackage(String words)
      throws IOException {
    if (!words.contains("--tracking")) {
      mounts = "";
    }
    lab.connect("g3");
    lab.submit(tracking(words));

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> lab.python.heard().contains("PACKAGE_TYPE::track"));
    assertThat(started()).isEmpty();
  }
}
