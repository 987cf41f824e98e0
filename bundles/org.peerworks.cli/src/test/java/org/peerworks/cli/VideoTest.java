package org.peerworks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerworks.cli.command.ExitStatus;
import org.peerworks.cli.train.LabelsReader;
import org.peerworks.job.api.JobState;

/** Videos that labels refer to. */
final class VideoTest {

  @TempDir Path here;
  private MemoryLab lab;

  @BeforeEach
  void open() throws IOException {
    lab = new MemoryLab(here);
    Files.write(here.resolve("labels.slp"), new byte[] {(byte) 0x89, 'H', 'D', 'F', 1});
    Files.createDirectories(here.resolve("models/one"));
    Files.writeString(here.resolve("models/one/best.ckpt"), "weights");
    lab.jobs.behaviour =
        job -> {
          job.output("predictions.slp", new byte[] {1});
          job.end(JobState.SUCCEEDED, "", "{\"predictions\":\"predictions.slp\"}");
        };
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void aVideoBesideTheLabelsGoesIntoTheTrackingPackage() throws IOException {
    Files.writeString(here.resolve("robot.mp4"), "frames of robot");
    labels(video(0, "/other/computer/robot.mp4"));

    assertThat(track("--no-only_suggested_frames")).as(lab.err()).isZero();

    assertThat(Zips.content(inputOfOnlyJob("track_package.zip")))
        .containsEntry("track_package/robot.mp4", "frames of robot")
        .containsKey("track_package/labels.slp");
    assertThat(lab.out()).contains("The video 'robot.mp4' goes along: 15 bytes.");
    assertThat(here.resolve("robot.mp4")).hasContent("frames of robot");
  }

  @Test
  void aVideoAtItsStoredPathIsPreferred() throws IOException {
    Path stored = Files.createDirectories(here.resolve("videos")).resolve("robot.mp4");
    Files.writeString(stored, "the right one");
    Files.writeString(here.resolve("robot.mp4"), "another one");
    labels(video(0, "videos/robot.mp4"));

    track("--frames", "0-3");

    assertThat(Zips.content(inputOfOnlyJob("track_package.zip")))
        .containsEntry("track_package/robot.mp4", "the right one");
  }

  @Test
  void onlyVideosWithFramesToTrackGoAlong() throws IOException {
    for (String name : List.of("a.mp4", "b.mp4", "c.mp4")) {
      Files.writeString(here.resolve(name), name);
    }
    labels(
        new LabelsReader.Video(0, "a.mp4", true, false),
        new LabelsReader.Video(1, "b.mp4", false, true),
        new LabelsReader.Video(2, "D:\\films\\c.mp4", false, false));

    assertThat(sent()).containsExactly("b.mp4");
    assertThat(sent("--only_labeled_frames")).containsExactly("a.mp4");
    assertThat(sent("--video_index", "2")).containsExactly("c.mp4");
    assertThat(sent("--no-only_suggested_frames")).containsExactly("a.mp4", "b.mp4", "c.mp4");
    assertThat(sent("--no-only_suggested_frames", "--no-videos")).isEmpty();
  }

  @Test
  void labelledVideosGoAlongWithBareLabels() throws IOException {
    Files.writeString(here.resolve("robot.MP4"), "frames");
    labels(
        new LabelsReader.Video(0, "robot.MP4", true, false),
        new LabelsReader.Video(1, "missing.mp4", false, true));

    assertThat(lab.run("client-train", "-s", MemoryLab.SESSION, "-p", "labels.slp")).isZero();

    assertThat(onlyJob().inputs)
        .containsOnlyKeys("labels.slp", "single_instance.yaml", "robot.MP4");
    assertThat(lab.out()).contains("The video 'robot.MP4' goes along: 6 bytes.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/other/lost.mp4|'/other/lost.mp4' of 'labels.slp' is neither there nor beside the labels",
        "/etc/passwd|'/etc/passwd' of 'labels.slp' is no video that can be sent",
        "frames/0001.png|is no video that can be sent",
        "|is no video that can be sent",
        "what is it?.mp4|cannot be sent under its name",
        "\u0000.mp4|cannot be sent under its name"
      })
  void aVideoThatCannotBeSentIsNamed(String example) {
    String[] parts = example.split("\\|");
    labels(video(0, parts[0]));

    assertThat(track("--no-only_suggested_frames")).isEqualTo(ExitStatus.USAGE);
    assertThat(lab.run("client-train", "-s", MemoryLab.SESSION, "-p", "labels.slp"))
        .isEqualTo(ExitStatus.USAGE);

    assertThat(lab.err()).contains(parts[1]).contains(".pkg.slp").contains("--no-videos");
    assertThat(lab.joined).isNull();
  }

  @Test
  void twoVideosOfOneNameAreTold() throws IOException {
    for (String folder : List.of("a", "b")) {
      Files.writeString(Files.createDirectories(here.resolve(folder)).resolve("v.mp4"), folder);
    }
    labels(video(0, "a/v.mp4"), video(1, "b/v.mp4"));

    assertThat(track("--no-only_suggested_frames")).isEqualTo(ExitStatus.USAGE);

    assertThat(lab.err()).contains("'b/v.mp4'").contains("a/v.mp4' has the same name");
  }

  private List<String> sent(String... options) {
    lab.jobs.entries.clear();
    assertThat(track(options)).as(lab.err()).isZero();
    return Zips.content(inputOfOnlyJob("track_package.zip")).keySet().stream()
        .filter(name -> name.endsWith(".mp4"))
        .map(name -> name.replace("track_package/", ""))
        .sorted()
        .toList();
  }

  private void labels(LabelsReader.Video... videos) {
    lab.labels = new LabelsReader.Labels(5, 1, 7, false, List.of(videos));
  }

  private static LabelsReader.Video video(int index, String path) {
    return new LabelsReader.Video(index, path, true, true);
  }

  private MemoryJobs.Entry onlyJob() {
    return lab.jobs.entries.values().iterator().next();
  }

  private byte[] inputOfOnlyJob(String name) {
    return onlyJob().inputs.get(name);
  }

  private int track(String... options) {
    List<String> words =
        new java.util.ArrayList<>(
            List.of("client-track", "-s", MemoryLab.SESSION, "-d", "labels.slp", "-m", "models/*"));
    words.addAll(List.of(options));
    return lab.run(words.toArray(String[]::new));
  }
}
