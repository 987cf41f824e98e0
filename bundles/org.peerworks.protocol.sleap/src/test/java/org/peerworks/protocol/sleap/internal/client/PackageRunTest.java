package org.peerworks.protocol.sleap.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.job.api.Job;
import org.peerworks.job.api.JobException;
import org.peerworks.job.api.JobQuery;
import org.peerworks.job.api.JobRequest;
import org.peerworks.job.api.JobState;

/** Packages, as workers of all generations take them (sleap-rtc wire format §2.2, §2.3). */
final class PackageRunTest {

  private static final byte[] RESULT = new byte[100_000];

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

  private JobRequest training() throws IOException {
    Path zip =
        Lab.zip(
            here.resolve("labels.v001.zip"),
            Map.of(
                "train-script.sh",
                "#!/bin/bash\nsleap-nn train \\\n  --config-name=centroid.yaml --config-dir .\n",
                "centroid.yaml",
                "a: 1",
                "labels.v001.pkg.slp",
                "labels"));
    return Lab.request("train", "{}", Map.of("labels.v001.zip", zip));
  }

  private JobRequest tracking(String output) throws IOException {
    Map<String, String> content = new LinkedHashMap<>();
    content.put("track_package/my labels.slp", "labels");
    content.put("track_package/models/one/best.ckpt", "weights");
    content.put(
        "track_package/track-script.sh",
        "sleap-nn track \\\n --data_path 'my labels.slp' --model_paths models/one -o "
            + output
            + "\n");
    Path zip = Lab.zip(here.resolve("track_package.zip"), content);
    return Lab.request("track", "{}", Map.of("track_package.zip", zip));
  }

  @ParameterizedTest
  @ValueSource(strings = {"g1", "g2", "g3"})
  void aTrainingGoesInAsAFolderAndModelsComeBack(String generation) throws IOException {
    lab.python.on(
        (python, text) -> {
          if (text.equals("FS_GET_INFO")) {
            python.say(
                "FS_INFO_RESPONSE::{\"worker_id\":\"w\",\"working_dir\":\"/d\",\"mounts\":[]}");
          } else if (text.equals("END_OF_FILE")) {
            python
                .say("TRAIN_JOB_START::centroid", "Epoch 0\n", "\rEpoch 0 50%", "more\n")
                .say("PROGRESS_REPORT::{\"event\":\"epoch_end\",\"epoch\":1}")
                .say("TRAIN_JOB_END::centroid", "TRAINING_JOBS_DONE")
                .sendFile("trained_labels.v001.zip", RESULT, "models");
          }
        });
    lab.connect(generation);
    Job job = lab.submit(training());
    Job ended = lab.ended(job);

    assertThat(ended.state()).as(ended.reason()).isEqualTo(JobState.SUCCEEDED);
    assertThat(lab.python.labels).containsExactly("my-data-channel");
    assertThat(lab.python.heard().stream().filter(text -> !text.startsWith("FS_")))
        .containsExactly(
            "PACKAGE_TYPE::train",
            "OUTPUT_DIR::models",
            lab.python.heard().stream().filter(t -> t.startsWith("FILE_META")).findFirst().get(),
            "END_OF_FILE");
    byte[] sent = lab.python.received();
    assertThat(lab.python.heard()).contains("FILE_META::labels.v001.zip:" + sent.length + ":True");
    Map<String, String> content = Lab.unzip(sent);
    assertThat(content)
        .containsOnlyKeys(
            "labels.v001/train-script.sh",
            "labels.v001/centroid.yaml",
            "labels.v001/labels.v001.pkg.slp")
        .containsEntry("labels.v001/labels.v001.pkg.slp", "labels");
    assertThat(content.get("labels.v001/train-script.sh"))
        .as("one physical line, and a blank before the name: all that the worker's parser knows")
        .containsPattern("(?m)^sleap-nn train .*--config-name centroid.yaml( |$)");
    assertThat(lab.log(job)).isEqualTo("Epoch 0\nmore\n");
    assertThat(lab.output(ended, "trained_labels.v001.zip")).isEqualTo(RESULT);
    assertThat(ended.document().get()).contains("\"config\":\"centroid\"", "SUCCEEDED");
  }

  @Test
  void aTrackingAsksForANameThatTheWorkerFindsAndHasNoBlanks() throws IOException {
    lab.python.on(
        (python, text) -> {
          if (text.equals("END_OF_FILE")) {
            python
                .say("INFERENCE_START", "INFERENCE_JOB_START::inference", "TRACK_LOG:frame 1")
                .say("INFERENCE_JOB_END::inference")
                .sendFile("my_labels.predictions.slp", RESULT, "")
                .say("INFERENCE_JOBS_DONE");
          }
        });
    lab.connect("g1");
    Job ended = lab.ended(lab.submit(tracking("predictions.slp")));

    assertThat(ended.state()).as(ended.reason()).isEqualTo(JobState.SUCCEEDED);
    Map<String, String> content = Lab.unzip(lab.python.received());
    assertThat(content)
        .containsOnlyKeys(
            "track_package/my_labels.slp",
            "track_package/models/one/best.ckpt",
            "track_package/track-script.sh");
    assertThat(content.get("track_package/track-script.sh"))
        .contains(
            "sleap-nn track --data_path my_labels.slp --model_paths models/one -o my_labels.predictions.slp\n");
    assertThat(lab.python.heard()).contains("PACKAGE_TYPE::track", "OUTPUT_DIR::.");
    assertThat(lab.log(ended)).isEqualTo("frame 1\n");
    assertThat(ended.document().get()).contains("\"predictions\":\"my_labels.predictions.slp\"");
    assertThat(lab.output(ended, "my_labels.predictions.slp")).isEqualTo(RESULT);
  }

  @Test
  void aTrackingWithoutItsFileSaysWhatToDo() throws IOException {
    lab.python.on(
        (python, text) -> {
          if (text.equals("END_OF_FILE")) {
            python.say("INFERENCE_START", "INFERENCE_JOB_END::inference", "INFERENCE_JOBS_DONE");
          }
        });
    lab.connect("g2");
    Job ended = lab.ended(lab.submit(tracking("x.predictions.slp")));

    assertThat(ended.state()).isEqualTo(JobState.FAILED);
    assertThat(ended.reason()).contains("sent no predictions", "'track' with their paths");
  }

  @Test
  void aFailedModelKeepsItsExitStatusAndWhatWasTrainedComesBack() throws IOException {
    lab.python.on(
        (python, text) -> {
          if (text.equals("END_OF_FILE")) {
            python
                .say("TRAIN_JOB_START::centroid", "TRAIN_JOB_ERROR::centroid::137")
                .say("TRAINING_JOBS_DONE")
                .sendFile("trained_labels.v001.zip", new byte[10], "");
          }
        });
    lab.connect("g1");
    Job ended = lab.ended(lab.submit(training()));

    assertThat(ended.state()).isEqualTo(JobState.FAILED);
    assertThat(ended.reason()).contains("'centroid'", "137");
    assertThat(ended.outputs()).hasSize(1);
  }

  @Test
  void aTrackingThatFailsTellsSo() throws IOException {
    lab.python.on(
        (python, text) -> {
          if (text.equals("END_OF_FILE")) {
            python.say("INFERENCE_START", "INFERENCE_JOB_ERROR::inference::2");
          }
        });
    lab.connect("g1");
    Job ended = lab.ended(lab.submit(tracking("a.predictions.slp")));

    assertThat(ended.state()).isEqualTo(JobState.FAILED);
    assertThat(ended.reason()).contains("exit status 2");
  }

  @Test
  void aTrainingOfTheFirstGenerationIsCancelledByStoppingEachModel() throws IOException {
    lab.python.on(
        (python, text) -> {
          if (text.equals("END_OF_FILE")) {
            python.say("TRAIN_JOB_START::centroid");
          } else if (text.startsWith("ZMQ_CTRL::") && python.heard().size() == 5) {
            python.say("TRAIN_JOB_END::centroid", "TRAIN_JOB_START::centered");
          } else if (text.startsWith("ZMQ_CTRL::")) {
            python.say("TRAIN_JOB_END::centered", "TRAINING_JOBS_DONE");
          }
        });
    var worker = lab.connect("g1");
    Job job = lab.submit(training());
    Job cancelled = Lab.join(worker.jobs().cancel(job.id()));

    assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
    assertThat(
            lab.python.heard().stream().filter(t -> t.equals("ZMQ_CTRL::{\"command\":\"stop\"}")))
        .hasSize(2);
  }

  @Test
  void whatAGenerationCannotDoIsSaid() throws IOException {
    lab.python.on((python, text) -> {});
    var worker = lab.connect("g2");
    Job job = lab.submit(training());

    assertThatThrownBy(() -> Lab.join(worker.jobs().cancel(job.id())))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("generation g2 cannot be told to end");
    assertThatThrownBy(() -> Lab.join(worker.jobs().list(JobQuery.newest(1))))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("cannot list its jobs");
    assertThatThrownBy(() -> Lab.join(worker.jobs().get("job_12345678")))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("cannot be asked for an earlier one");
    assertThatThrownBy(() -> lab.submit(training()))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("one job at a time");
    assertThatThrownBy(() -> lab.submit(Lab.request("train", "{\"labels\":\"/a\"}", Map.of())))
        .isInstanceOf(JobException.class);
  }

  @Test
  void labelsOnTheirOwnBecomeAPackage() throws IOException {
    lab.python.on(
        (python, text) -> {
          if (text.equals("END_OF_FILE")) {
            python.say("TRAIN_JOB_START::b", "TRAIN_JOB_END::b", "TRAINING_JOBS_DONE");
            python.sendFile("trained_fly.zip", new byte[3], "");
          }
        });
    lab.connect("g1");
    Path labels = Files.write(here.resolve("fly.slp"), new byte[] {1});
    Path a = Files.writeString(here.resolve("a.yaml"), "x: 1\n");
    Path b =
        Files.writeString(
            here.resolve("b.yml"),
            "data_config:\n  train_labels_path:\n  - /home/me/fly.slp\n  other: 2\nx: 1\n");
    lab.ended(
        lab.submit(
            Lab.request(
                "train",
                "{\"configs\":[\"b.yml\",\"a.yaml\"]}",
                Map.of("fly.slp", labels, "a.yaml", a, "b.yml", b))));

    Map<String, String> content = Lab.unzip(lab.python.received());
    assertThat(content)
        .containsEntry(
            "fly/b.yaml", "data_config:\n  train_labels_path: [\"fly.slp\"]\n  other: 2\nx: 1\n")
        .containsEntry("fly/a.yaml", "x: 1\ndata_config:\n  train_labels_path: [\"fly.slp\"]\n")
        .containsEntry(
            "fly/train-script.sh",
            "#!/bin/bash\nsleap-nn train --config-name b.yaml --config-dir .\nsleap-nn train --config-name a.yaml --config-dir .\n")
        .containsKey("fly/fly.slp");
  }

  @Test
  void aSecondJobMayFollowOnTheSameConnection() throws IOException {
    lab.python.on(
        (python, text) -> {
          if (text.equals("END_OF_FILE")) {
            python
                .say("INFERENCE_START")
                .sendFile("a.predictions.slp", "1".getBytes(StandardCharsets.US_ASCII), "")
                .say("INFERENCE_JOBS_DONE");
          }
        });
    lab.connect("g1");
    Job first = lab.ended(lab.submit(tracking("a.predictions.slp")));
    Job second = lab.ended(lab.submit(tracking("a.predictions.slp")));

    assertThat(first.id()).isNotEqualTo(second.id());
    assertThat(List.of(first.state(), second.state())).containsOnly(JobState.SUCCEEDED);
  }
}
